package dev.flowmail.activities.smtp;

import dev.flowmail.workflows.mail.SmtpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Properties;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;
import org.jspecify.annotations.Nullable;

/** Keeps connections open for the next mail to the same server by the same user, and no more of them than it can bear. */
final class ConnectionPool implements AutoCloseable {
    private static final int MOST_PER_SERVER = 8;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final GenericKeyedObjectPool<SmtpServer, Line> pool;
    private final Dialer dialer;
    private final Session byPassword;
    private final Session byToken;
    private final Pace pace;

    /**
     * @param greeting the name by which Flowmail greets servers
     */
    ConnectionPool(Dialer dialer, String greeting, Pace pace) {
        this.pace = pace;
        this.dialer = dialer;
        this.byPassword = session(dialer, greeting);
        this.byToken = session(dialer, greeting);
        byToken.getProperties().setProperty("mail.smtp.auth.mechanisms", SmtpConnection.XOAUTH2);
        this.pool = new GenericKeyedObjectPool<>(new Lines(), config(pace));
    }

    /**
     * Waits for a free line to a server.
     *
     * @throws NoSuchElementException when none gets free in time
     */
    Line borrow(SmtpServer server, Attempt attempt) throws InterruptedException {
        try {
            return pool.borrowObject(server, attempt.millis(LONGEST_WAIT));
        } catch (InterruptedException | RuntimeException asItIs) {
            throw asItIs;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    /** The right to one connection to a server, and the connection while it lasts. Give it back by closing it. */
    final class Line implements AutoCloseable {
        private final SmtpServer server;
        private @Nullable SmtpConnection connection;

        private Line(SmtpServer server) {
            this.server = server;
        }

        /** The connection of an earlier mail, when there is one that still works. */
        @Nullable
        SmtpConnection reuse(Attempt attempt) {
            SmtpConnection kept = connection;
            if (kept == null) {
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

        /** A connection that has yet to be opened. */
        SmtpConnection fresh(Attempt attempt) throws IOException {
            drop();
            SmtpConnection fresh = new SmtpConnection(
                    server.oauth2() == null ? byPassword : byToken, server, dialer.dial(server, attempt), attempt);
            connection = fresh;
            attempt.uses(fresh);
            return fresh;
        }

        void open(SmtpConnection fresh, @Nullable String secret) throws IOException, MessagingException {
            fresh.open(dialer, secret);
        }

        /** Ends the connection; the line can get another. */
        void drop() {
            if (connection != null) {
                connection.cut();
                connection = null;
            }
        }

        @Override
        public void close() {
            if (connection != null) {
                connection.rest();
            }
            pool.returnObject(server, this);
        }

        private void hangUp() {
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
    }

    private final class Lines extends BaseKeyedPooledObjectFactory<SmtpServer, Line> {

        @Override
        public Line create(SmtpServer server) {
            return new Line(server);
        }

        @Override
        public PooledObject<Line> wrap(Line line) {
            return new DefaultPooledObject<>(line);
        }

        @Override
        public void destroyObject(SmtpServer server, PooledObject<Line> line) {
            line.getObject().hangUp();
        }
    }

    private static GenericKeyedObjectPoolConfig<Line> config(Pace pace) {
        GenericKeyedObjectPoolConfig<Line> config = new GenericKeyedObjectPoolConfig<>();
        config.setMaxTotalPerKey(MOST_PER_SERVER);
        config.setMaxIdlePerKey(MOST_PER_SERVER);
        config.setMaxTotal(-1);
        config.setMinEvictableIdleDuration(pace.longestIdle());
        config.setTimeBetweenEvictionRuns(pace.longestIdle().dividedBy(4));
        config.setNumTestsPerEvictionRun(-1);
        // its names would hold keys, and those hold passwords
        config.setJmxEnabled(false);
        return config;
    }

    private static Session session(Dialer dialer, String greeting) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.localhost", greeting);
        properties.setProperty("mail.smtp.sendpartial", "true");
        properties.setProperty("mail.smtp.quitwait", "false");
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.socketFactory", dialer.tls());
        return Session.getInstance(properties);
    }
}
