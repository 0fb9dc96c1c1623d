package dev.flowmail.activities.smtp;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** The right to one connection to a server, and the connection while it lasts. Give it back by closing it. */
final class Lease implements AutoCloseable {

    private final Route route;
    private final ConnectionPool pool;
    private final Dialer dialer;
    private final MailSessions sessions;
    private final Pace pace;
    private @Nullable SmtpConnection connection;
    private @Nullable ServerLimiter limiter;
    private @Nullable Attempt attempt;

    Lease(Route route, ConnectionPool pool, Dialer dialer, MailSessions sessions, Pace pace) {
        this.route = route;
        this.pool = pool;
        this.dialer = dialer;
        this.sessions = sessions;
        this.pace = pace;
    }

    /** @param by who has admitted the attempt, and is told when it is over */
    void isTakenFor(Attempt holder, ServerLimiter by) {
        attempt = holder;
        limiter = by;
    }

    /** The connection of an earlier mail, when there is one that still works. */
    @Nullable
    SmtpConnection reuse(Attempt attempt) {
        SmtpConnection kept = connection;
        if (kept == null) {
            return null;
        }
        if (kept.isWorn()) {
            hangUp();
            return null;
        }
        kept.serve(attempt);
        attempt.uses(kept);
        if (kept.isClosed() || (kept.idle().compareTo(pace.surelyAlive()) > 0 && !kept.isAlive())) {
            drop();
            return null;
        }
        return kept;
    }

    /** The addresses of the server. */
    Approach approach(Attempt attempt) throws IOException {
        return dialer.approach(route, attempt);
    }

    /** A connection to the next address, which has yet to be opened. */
    SmtpConnection fresh(Approach approach, Attempt attempt) throws IOException {
        drop();
        Socket socket = approach.dial();
        SmtpConnection fresh = new SmtpConnection(
                sessions.of(route), route.server(), socket, sessions.greeting(route, socket), attempt);
        connection = fresh;
        attempt.uses(fresh);
        return fresh;
    }

    void open(SmtpConnection fresh, @Nullable String secret, Approach approach) throws IOException, MessagingException {
        try {
            fresh.open(dialer, route, secret, approach);
        } finally {
            // one that takes connections and does not talk is as good as dead
            if (fresh.isMute()) {
                dialer.avoid(route.server(), fresh.address());
            }
        }
    }

    /** Whether the server, in the last thing that it said, did not accept who signed in. */
    boolean isSignInRefused() {
        return connection != null && connection.isSignInRefused();
    }

    /** Whether the server has the whole mail and has not said what it does with it. */
    boolean isUnconfirmed() {
        return connection != null && connection.isUnconfirmed();
    }

    /** Notes whether the server answers. */
    void answers(boolean answers) {
        if (limiter != null) {
            limiter.isFailing(!answers);
        }
    }

    /** Ends the connection; the lease can get another. */
    void drop() {
        if (connection != null) {
            connection.cut();
            connection = null;
        }
    }

    /** The same, and tells the server. */
    void hangUp() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (MessagingException gone) {
            // no connection is what was wanted
        } finally {
            drop();
        }
    }

    @Override
    public void close() {
        ServerLimiter used = limiter;
        Attempt by = attempt;
        limiter = null;
        attempt = null;
        try {
            if (connection != null) {
                connection.rest();
            }
            pool.giveBack(route, this, connection != null);
        } finally {
            if (used != null && by != null) {
                used.leave(by);
            }
        }
    }
}
