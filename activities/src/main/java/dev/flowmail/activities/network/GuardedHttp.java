package dev.flowmail.activities.network;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.flowmail.activities.network.ForwardProxy.ProxyFaultException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;

/**
 * The one HTTP client for addresses that callers name. Every connection asks the {@link NetworkGuard} for the address that
 * it dials, or, where a {@link ForwardProxy} dials, before the proxy is asked. Follows no redirect, repeats nothing, keeps no cookie, sends no {@code Accept-Encoding}; certificates are
 * checked against Java's trust store and the host's name. Safe for several threads, up to 20 exchanges with one host and
 * 200 in all at a time.
 *
 * <p>The client library's loggers {@code org.apache.hc.client5.http.headers} and {@code .wire} write whole requests at
 * debug level; whoever configures logging keeps them off.
 */
public final class GuardedHttp implements Closeable {

    private final WebClients clients;
    private final ScheduledThreadPoolExecutor deadlines;

    /** A client that trusts the certificates that Java trusts. */
    public GuardedHttp(NetworkGuard guard) {
        this(guard, SSLContexts.createDefault());
    }

    /** The same with another trust store. */
    public GuardedHttp(NetworkGuard guard, SSLContext tls) {
        this(guard, tls, null);
    }

    /** The same by way of a proxy, where there is one. */
    public GuardedHttp(NetworkGuard guard, SSLContext tls, @Nullable ForwardProxy proxy) {
        clients = new WebClients(guard, tls, proxy);
        deadlines = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "http-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /**
     * Sends a request and reads the reply.
     *
     * @param reader reads what it needs of the reply; what it leaves unread is dropped
     * @throws NetworkGuard.AddressRefusedException when the host may not be dialled: final
     * @throws MalformedURLException when the address is not http(s), has no host or has user info: final
     * @throws ProxyFaultException when the operator's proxy is at fault
     * @throws BodyTooLargeException from the reply's body, when more is read than the limit
     * @throws IOException when the far side cannot be reached, is too slow or breaks off
     */
    public <T> T exchange(HttpUriRequestBase request, Limits limits, ReplyReader<T> reader) throws IOException {
        URI address = webAddress(request);
        long total = limits.total().toMillis();
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(total, MILLISECONDS)
                .setResponseTimeout(Math.min(total, limits.silence().toMillis()), MILLISECONDS)
                .setProtocolUpgradeEnabled(false)
                .build());
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> deadline = deadlines.schedule(
                () -> {
                    late.set(true);
                    request.abort();
                },
                total,
                MILLISECONDS);
        // closing the reply closes the connection unless all was read: a caller never waits for what it does not want
        try (ClassicHttpResponse reply = clients.open(address, request)) {
            HttpEntity body = reply.getEntity();
            return reader.read(
                    reply,
                    body == null
                            ? InputStream.nullInputStream()
                            : new CappedStream(body.getContent(), limits.largestBody()));
        } catch (IOException failure) {
            if (late.get()) {
                throw (SocketTimeoutException)
                        new SocketTimeoutException("No complete answer within " + total + " ms").initCause(failure);
            }
            throw GuardedDns.refusal(failure);
        } finally {
            deadline.cancel(false);
        }
    }

    private static URI webAddress(HttpUriRequestBase request) throws MalformedURLException {
        URIAuthority authority = request.getAuthority();
        try {
            URI address = request.getUri();
            // the request's address leaves the user info out
            if (authority != null && authority.getUserInfo() == null && WebAddress.isWeb(address)) {
                return address;
            }
        } catch (URISyntaxException malformed) {
            // no web address either
        }
        throw new MalformedURLException("Not an absolute http(s) address without user info");
    }

    @Override
    public void close() throws IOException {
        deadlines.shutdownNow();
        clients.close();
    }

    /**
     * What a far side may cost.
     *
     * @param total for the whole exchange, from connecting to the body's last byte
     * @param silence between two bytes
     * @param largestBody in bytes
     */
    public record Limits(Duration total, Duration silence, long largestBody) {

        /** An exchange in which only the whole time counts. */
        public Limits(Duration total, long largestBody) {
            this(total, total, largestBody);
        }
    }

    /** Reads a reply. */
    @FunctionalInterface
    public interface ReplyReader<T> {

        /**
         * Reads what is needed; the connection is dropped with whatever is left.
         *
         * @param reply status and headers
         * @param body empty when there is none; need not be closed
         */
        T read(ClassicHttpResponse reply, InputStream body) throws IOException;
    }

    /** The far side's body is larger than allowed. */
    public static final class BodyTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        BodyTooLargeException(long limit) {
            super("The answer is larger than " + limit + " bytes");
        }
    }
}
