package dev.flowmail.activities.smtp;

import dev.flowmail.activities.oauth2.AccessTokens;
import dev.flowmail.workflows.mail.SmtpServer;
import dev.flowmail.workflows.mail.SmtpServer.OAuth2;
import io.temporal.failure.ApplicationFailure;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Opens connections: at one of the server's addresses after the other, and with another token where the first was rejected. */
final class Opening {
    private static final Duration LONGEST_WAIT_FOR_TOKEN = Duration.ofSeconds(30);

    private final AccessTokens tokens;

    Opening(AccessTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * A connection on which the server waits for a mail.
     *
     * @throws ApplicationFailure when none came about, or it could not be used
     */
    SmtpConnection opened(SmtpServer server, Lease lease, Attempt attempt) {
        OAuth2 client = server.oauth2();
        if (client == null) {
            return opened(server, lease, attempt, server.password());
        }
        String token = tokens.current(client, patience(attempt));
        try {
            return opened(server, lease, attempt, token);
        } catch (ApplicationFailure failure) {
            if (!lease.isSignInRefused()) {
                throw failure;
            }
        }
        // a token may be withdrawn before its end
        return opened(server, lease, attempt, tokens.insteadOf(token, client, patience(attempt)));
    }

    private static Duration patience(Attempt attempt) {
        return Duration.ofMillis(attempt.millis(LONGEST_WAIT_FOR_TOKEN));
    }

    private static SmtpConnection opened(SmtpServer server, Lease lease, Attempt attempt, @Nullable String secret) {
        Approach approach = approach(server, lease, attempt);
        while (true) {
            SmtpConnection fresh = dialled(server, lease, approach, attempt);
            try {
                lease.open(fresh, secret, approach);
                return fresh;
            } catch (MessagingException | IOException failure) {
                ApplicationFailure fault = OpeningFaults.of(server, fresh, failure, attempt.number());
                boolean elsewhere = approach.hasMore() && fresh.isMute() && !attempt.isTimeUp();
                if (fault.isNonRetryable() || !elsewhere || attempt.isCancelled()) {
                    throw fault;
                }
            }
        }
    }

    private static Approach approach(SmtpServer server, Lease lease, Attempt attempt) {
        try {
            return lease.approach(attempt);
        } catch (IOException nowhere) {
            throw OpeningFaults.unreachable(server, nowhere);
        }
    }

    private static SmtpConnection dialled(SmtpServer server, Lease lease, Approach approach, Attempt attempt) {
        try {
            return lease.fresh(approach, attempt);
        } catch (IOException unreachable) {
            throw OpeningFaults.unreachable(server, unreachable);
        }
    }
}
