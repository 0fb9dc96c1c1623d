package dev.flowmail.activities.smtp;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.flowmail.workflows.mail.SmtpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.Socket;
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

    private final GenericKeyedObjectPool<Route, Lease> pool;
    private final LoadingCache<Endpoint, Lane> lanes;
    private final int mostPerServer;
    private final Dialer dialer;
    private final Session byPassword;
    private final Session byToken;
    private final Pace pace;
    private final EhloName name;

    /**
     * @param name by which Flowmail greets servers
     */
    ConnectionPool(Dialer dialer, EhloName name, Pace pace, SmtpLimits limits) {
        this.name = name;
        this.pace = pace;
        this.dialer = dialer;
        this.byPassword = session(dialer);
        this.byToken = session(dialer);
        byToken.getProperties().setProperty("mail.smtp.auth.mechanisms", SmtpConnection.XOAUTH2);
        this.mostPerServer = limits.connections();
        this.lanes = Caffeine.newBuilder().expireAfterAccess(LANES_ARE_KEPT).build(server -> new Lane(limits));
        this.pool = new GenericKeyedObjectPool<>(new Leases(), config(pace, mostPerServer));
    }

    private record Endpoint(String host, int port) {
        static Endpoint of(Route route) {
            SmtpServer server = route.server();
            return new Endpoint(server.host().toLowerCase(Locale.ROOT), server.port());
        }
    }

    /**
     * Gets a lease to a server, waiting for it as long as the attempt may.
     *
     * @throws io.temporal.failure.ApplicationFailure when the server has mails enough for now
     */
    Lease borrow(Route route, Attempt attempt) {
        Lane lane = lanes.get(Endpoint.of(route));
        try {
            Duration again = lane.enter(attempt);
            if (again != null) {
                attempt.throwIfCalledOff();
                throw Faults.busy(route.server(), again);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Faults.busy(route.server(), Duration.ZERO);
        }
        boolean borrowed = false;
        try {
            Lease lease = lease(route, lane, attempt);
            borrowed = true;
            return lease;
        } finally {
            if (!borrowed) {
                lane.leave(attempt);
            }
        }
    }

    /**
     * Spares the work on a mail that its server has no time for.
     *
     * @throws io.temporal.failure.ApplicationFailure when the server has mails enough for now
     */
    void requireRoom(Route route, Attempt attempt) {
        Duration again = lanes.get(Endpoint.of(route)).turnAway(attempt);
        if (again != null) {
            throw Faults.busy(route.server(), again);
        }
    }

    private Lease lease(Route route, Lane lane, Attempt attempt) {
        // no two threads at once may each see room for one more
        synchronized (lane) {
            try {
                Lease lease = pool.borrowObject(route);
                lease.lane = lane;
                lease.attempt = attempt;
                makeRoom(route);
                return lease;
            } catch (RuntimeException asItIs) {
                throw asItIs;
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** Closes connections that other users have left open, when with the new one there would be too many. */
    private void makeRoom(Route route) {
        Endpoint endpoint = Endpoint.of(route);
        List<Route> users = pool.getKeys().stream()
                .filter(user -> Endpoint.of(user).equals(endpoint))
                .toList();
        int open = users.stream()
                .mapToInt(user -> pool.getNumActive(user) + pool.getNumIdle(user))
                .sum();
        for (Route user : users) {
            int idle = pool.getNumIdle(user);
            if (open > mostPerServer && idle > 0 && !user.equals(route)) {
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
    final class Lease implements AutoCloseable {
        private final Route route;
        private @Nullable SmtpConnection connection;
        private @Nullable Lane lane;
        private @Nullable Attempt attempt;

        private Lease(Route route) {
            this.route = route;
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
            SmtpConnection fresh =
                    new SmtpConnection(session(route), route.server(), socket, greeting(route, socket), attempt);
            connection = fresh;
            attempt.uses(fresh);
            return fresh;
        }

        void open(SmtpConnection fresh, @Nullable String secret, Approach approach)
                throws IOException, MessagingException {
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

        /** Ends the connection; the lease can get another. */
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
            Attempt by = attempt;
            lane = null;
            attempt = null;
            try {
                if (connection == null) {
                    pool.invalidateObject(route, this);
                } else {
                    connection.rest();
                    pool.returnObject(route, this);
                }
            } catch (RuntimeException asItIs) {
                throw asItIs;
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            } finally {
                if (used != null && by != null) {
                    used.leave(by);
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

    private final class Leases extends BaseKeyedPooledObjectFactory<Route, Lease> {

        @Override
        public Lease create(Route route) {
            return new Lease(route);
        }

        @Override
        public PooledObject<Lease> wrap(Lease lease) {
            return new DefaultPooledObject<>(lease);
        }

        @Override
        public void destroyObject(Route route, PooledObject<Lease> lease) {
            lease.getObject().hangUp();
        }
    }

    private static GenericKeyedObjectPoolConfig<Lease> config(Pace pace, int mostPerServer) {
        GenericKeyedObjectPoolConfig<Lease> config = new GenericKeyedObjectPoolConfig<>();
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

    private Session session(Route route) {
        if (route.operators() != null) {
            return route.operators().session();
        }
        return route.server().oauth2() == null ? byPassword : byToken;
    }

    private String greeting(Route route, Socket socket) {
        @Nullable
        String given = route.operators() == null ? null : route.operators().greeting();
        return given == null ? name.inGreetings(socket.getLocalAddress()) : given;
    }

    private static Session session(Dialer dialer) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.socketFactory", dialer.tls());
        return session(properties);
    }

    /** What holds for every server is added. */
    static Session session(Properties properties) {
        properties.setProperty("mail.smtp.sendpartial", "true");
        properties.setProperty("mail.smtp.quitwait", "false");
        return Session.getInstance(properties);
    }
}
