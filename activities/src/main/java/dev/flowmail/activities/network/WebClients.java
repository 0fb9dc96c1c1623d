package dev.flowmail.activities.network;

import dev.flowmail.activities.network.ForwardProxy.ProxyFaultException;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The HTTP client that dials through the guard and the one that goes by the operator's proxy: which of them an address takes. */
final class WebClients implements Closeable {

    private static final Timeout CONNECT = Timeout.ofSeconds(10);

    private final NetworkGuard guard;
    private final CloseableHttpClient direct;
    private final @Nullable ForwardProxy proxy;
    private final CloseableHttpClient proxied;

    WebClients(NetworkGuard guard, SSLContext tls, @Nullable ForwardProxy proxy) {
        this.guard = guard;
        this.proxy = proxy;
        direct = client(new GuardedDns(guard), tls, null);
        proxied = proxy == null ? direct : client(SystemDefaultDnsResolver.INSTANCE, tls, proxy);
    }

    private static CloseableHttpClient client(DnsResolver dns, SSLContext tls, @Nullable ForwardProxy proxy) {
        return FaithfulHttp.client()
                .setUserAgent("Flowmail")
                .setProxy(proxy == null ? null : new HttpHost(proxy.host(), proxy.port()))
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(dns)
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                        .setMaxConnPerRoute(20)
                        .setMaxConnTotal(200)
                        .setDefaultConnectionConfig(FaithfulHttp.connections(CONNECT)
                                .setIdleTimeout(Timeout.ofSeconds(20))
                                .setTimeToLive(TimeValue.ofMinutes(5))
                                .build())
                        .build())
                .build();
    }

    /** Begins an exchange; the reply is to be closed. */
    ClassicHttpResponse open(URI address, HttpUriRequestBase request) throws IOException {
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

    @Override
    public void close() throws IOException {
        direct.close();
        proxied.close();
    }
}
