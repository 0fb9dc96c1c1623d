package dev.flowmail.activities.smtp;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.flowmail.workflows.mail.SmtpServer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/**
 * Keeps connections open for the next mail to the same server by the same user. How many a server gets is counted by host
 * and port, whoever signs in: a caller with many users gets no more of it than one with a single user.
 */
final class ConnectionPool implements AutoCloseable {
    /** Longer than any attempt, so that a limiter in use is never forgotten. */
    private static final Duration LIMITERS_ARE_KEPT = Duration.ofHours(1);

    private final GenericKeyedObjectPool<Route, Lease> pool;
    private final LoadingCache<Endpoint, ServerLimiter> limiters;
    private final int mostPerServer;
    private final Dialer dialer;
    private final MailSessions sessions;
    private final Pace pace;

    /** @param name by which Flowmail greets servers */
    ConnectionPool(Dialer dialer, EhloName name, Pace pace, SmtpLimits limits) {
        this.pace = pace;
        this.dialer = dialer;
        this.sessions = new MailSessions(dialer, name);
        this.mostPerServer = limits.connections();
        this.limiters =
                Caffeine.newBuilder().expireAfterAccess(LIMITERS_ARE_KEPT).build(server -> new ServerLimiter(limits));
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
        ServerLimiter limiter = limiters.get(Endpoint.of(route));
        try {
            Duration again = limiter.enter(attempt);
            if (again != null) {
                attempt.throwIfCancelled();
                throw Faults.busy(route.server(), again);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Faults.busy(route.server(), Duration.ZERO);
        }
        boolean borrowed = false;
        try {
            Lease lease = lease(route, limiter);
            lease.isTakenFor(attempt, limiter);
            borrowed = true;
            return lease;
        } finally {
            if (!borrowed) {
                limiter.leave(attempt);
            }
        }
    }

    /**
     * Spares the work on a mail that its server has no time for.
     *
     * @throws io.temporal.failure.ApplicationFailure when the server has mails enough for now
     */
    void requireRoom(Route route, Attempt attempt) {
        Duration again = limiters.get(Endpoint.of(route)).turnAway(attempt);
        if (again != null) {
            throw Faults.busy(route.server(), again);
        }
    }

    private Lease lease(Route route, ServerLimiter limiter) {
        // no two threads at once may each see room for one more
        synchronized (limiter) {
            try {
                Lease lease = pool.borrowObject(route);
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

    /** @param isConnected whether the next one may go on with its connection */
    void giveBack(Route route, Lease lease, boolean isConnected) {
        try {
            if (isConnected) {
                pool.returnObject(route, lease);
            } else {
                pool.invalidateObject(route, lease);
            }
        } catch (RuntimeException asItIs) {
            throw asItIs;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What is used at the moment, over all servers. */
    SmtpLoad load() {
        int waiting = limiters.asMap().values().stream()
                .mapToInt(ServerLimiter::waiting)
                .sum();
        return new SmtpLoad(pool.getNumActive(), pool.getNumIdle(), waiting);
    }

    @Override
    public void close() {
        pool.close();
    }

    private final class Leases extends BaseKeyedPooledObjectFactory<Route, Lease> {

        @Override
        public Lease create(Route route) {
            return new Lease(route, ConnectionPool.this, dialer, sessions, pace);
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
        // the limiter has counted already
        config.setBlockWhenExhausted(false);
        config.setMinEvictableIdleDuration(pace.longestIdle());
        config.setTimeBetweenEvictionRuns(pace.longestIdle().dividedBy(4));
        config.setNumTestsPerEvictionRun(-1);
        // its names would hold keys, and those hold passwords
        config.setJmxEnabled(false);
        return config;
    }
}
