package dev.flowmail.activities.network;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.flowmail.activities.network.ForwardProxy.ProxyFaultException;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.MalformedURLException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
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

    private static final Timeout CONNECT = Timeout.ofSeconds(10);

    private final NetworkGuard guard;
    private final CloseableHttpClient direct;
    private final @Nullable ForwardProxy proxy;
    private final CloseableHttpClient proxied;
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
        this.guard = guard;
        this.proxy = proxy;
        direct = client(new GuardedDns(guard), tls, null);
        proxied = proxy == null ? direct : client(SystemDefaultDnsResolver.INSTANCE, tls, proxy);
        deadlines = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "http-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        deadlines.setRemoveOnCancelPolicy(true);
    }

    private static CloseableHttpClient client(DnsResolver dns, SSLContext tls, @Nullable ForwardProxy proxy) {
        return HttpClients.custom()
                .setUserAgent("Flowmail")
                .setProxy(proxy == null ? null : new HttpHost(proxy.host(), proxy.port()))
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(dns)
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                        .setMaxConnPerRoute(20)
                        .setMaxConnTotal(200)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                // nothing is repeated here, so a connection that has died is noticed before its use
                                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                                .setIdleTimeout(Timeout.ofSeconds(20))
                                .setTimeToLive(TimeValue.ofMinutes(5))
                                .build())
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    private ClassicHttpResponse open(URI address, HttpUriRequestBase request) throws IOException {
        if (proxy == null || !proxy.leadsTo(address, guard)) {
            return direct.executeOpen(null, request, null);
        }
        HttpClientContext context = HttpClientContext.create();
        try {
            ClassicHttpResponse reply = proxied.executeOpen(null, request, context);
            boolean isTunnelRefused = "https".equalsIgnoreCase(address.getScheme()) && context.getSSLSession() == null;
            if (isTunnelRefused || reply.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED) {
                reply.close();
                throw new ProxyFaultException("answered " + reply.getCode());
            }
            return reply;
        } catch (ConnectException | ConnectTimeoutException | UnknownHostException unreachable) {
            // what it dials itself it tells by its answer
            throw new ProxyFaultException("cannot be reached");
        }
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
        try (ClassicHttpResponse reply = open(address, request)) {
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
        direct.close();
        proxied.close();
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

    private static final class CappedStream extends FilterInputStream {
        private final long limit;
        private long left;

        CappedStream(InputStream body, long limit) {
            super(body);
            this.limit = limit;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            count(Math.max(0, count));
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            count(skipped);
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        /** Leaves the connection alone: closing the library's stream would read all that is left. */
        @Override
        public void close() {}

        private void count(long bytes) throws BodyTooLargeException {
            left -= bytes;
            if (left < 0) {
                throw new BodyTooLargeException(limit);
            }
        }
    }
}
