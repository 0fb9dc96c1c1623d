package dev.flowmail.activities.smtp;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.flowmail.workflows.mail.SmtpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;
import org.jspecify.annotations.Nullable;

/**
 * Keeps connections open for the next mail to the same server by the same user. How many a server gets is counted by host
 * and port, whoever signs in: a caller with many users gets no more of it than one with a single user.
 */
final class ConnectionPool implements AutoCloseable {
    /** Longer than any attempt, so that a lane in use is never forgotten. */
    private static final Duration LANES_ARE_KEPT = Duration.ofHours(1);

    private final GenericKeyedObjectPool<SmtpServer, Line> pool;
    private final LoadingCache<Endpoint, Lane> lanes;
    private final int mostPerServer;
    private final Dialer dialer;
    private final Session byPassword;
    private final Session byToken;
    private final Pace pace;

    /**
     * @param greeting the name by which Flowmail greets servers
     */
    ConnectionPool(Dialer dialer, String greeting, Pace pace, SmtpLimits limits) {
        this.pace = pace;
        this.dialer = dialer;
        this.byPassword = session(dialer, greeting);
        this.byToken = session(dialer, greeting);
        byToken.getProperties().setProperty("mail.smtp.auth.mechanisms", SmtpConnection.XOAUTH2);
        this.mostPerServer = limits.connections();
        this.lanes = Caffeine.newBuilder().expireAfterAccess(LANES_ARE_KEPT).build(server -> new Lane(limits));
        this.pool = new GenericKeyedObjectPool<>(new Lines(), config(pace, mostPerServer));
    }

    private record Endpoint(String host, int port) {
        static Endpoint of(SmtpServer server) {
            return new Endpoint(server.host().toLowerCase(Locale.ROOT), server.port());
        }
    }

    /**
     * Gets a line to a server, waiting for it as long as the attempt may.
     *
     * @throws io.temporal.failure.ApplicationFailure when the server has mails enough for now
     */
    Line borrow(SmtpServer server, Attempt attempt) {
        Lane lane = lanes.get(Endpoint.of(server));
        try {
            Duration again = lane.enter(attempt);
            if (again != null) {
                attempt.throwIfCalledOff();
                throw Faults.busy(server, again);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Faults.busy(server, Duration.ZERO);
        }
        boolean borrowed = false;
        try {
            Line line = line(server, lane);
            borrowed = true;
            return line;
        } finally {
            if (!borrowed) {
                lane.leave();
            }
        }
    }

    private Line line(SmtpServer server, Lane lane) {
        // no two threads at once may each see room for one more
        synchronized (lane) {
            try {
                Line line = pool.borrowObject(server);
                line.lane = lane;
                makeRoom(server);
                return line;
            } catch (RuntimeException asItIs) {
                throw asItIs;
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** Closes connections that other users have left open, when with the new one there would be too many. */
    private void makeRoom(SmtpServer server) {
        Endpoint endpoint = Endpoint.of(server);
        List<SmtpServer> users = pool.getKeys().stream()
                .filter(user -> Endpoint.of(user).equals(endpoint))
                .toList();
        int open = users.stream()
                .mapToInt(user -> pool.getNumActive(user) + pool.getNumIdle(user))
                .sum();
        for (SmtpServer user : users) {
            int idle = pool.getNumIdle(user);
            if (open > mostPerServer && idle > 0 && !user.equals(server)) {
                pool.clear(user);
                open -= idle;
            }
        }
    }

    /** What is used at the moment, over all servers. */
    SmtpLoad load() {
        int waiting = lanes.asMap().values().stream().mapToInt(Lane::waiting).sum();
        return new SmtpLoad(pool.getNumActive(), pool.getNumIdle(), waiting);
    }

    @Override
    public void close() {
        pool.close();
    }

    /** The right to one connection to a server, and the connection while it lasts. Give it back by closing it. */
    final class Line implements AutoCloseable {
        private final SmtpServer server;
        private @Nullable SmtpConnection connection;
        private @Nullable Lane lane;

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

        /** Whether the server has the whole mail and has not said what it does with it. */
        boolean isUnconfirmed() {
            return connection != null && connection.isUnconfirmed();
        }

        /** Notes whether the server answers. */
        void answers(boolean answers) {
            if (lane != null) {
                lane.isFailing(!answers);
            }
        }

        @Override
        public void close() {
            Lane used = lane;
            lane = null;
            try {
                if (connection == null) {
                    pool.invalidateObject(server, this);
                } else {
                    connection.rest();
                    pool.returnObject(server, this);
                }
            } catch (RuntimeException asItIs) {
                throw asItIs;
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            } finally {
                if (used != null) {
                    used.leave();
                }
            }
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

    private static GenericKeyedObjectPoolConfig<Line> config(Pace pace, int mostPerServer) {
        GenericKeyedObjectPoolConfig<Line> config = new GenericKeyedObjectPoolConfig<>();
        config.setMaxTotalPerKey(mostPerServer);
        config.setMaxIdlePerKey(mostPerServer);
        config.setMaxTotal(-1);
        // the lane has counted already
        config.setBlockWhenExhausted(false);
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
