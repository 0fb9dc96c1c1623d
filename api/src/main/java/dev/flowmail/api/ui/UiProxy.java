package dev.flowmail.api.ui;

import dev.flowmail.activities.network.FaithfulHttp;
import dev.flowmail.api.problems.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Hands requests on to the embedded server's UI, and its answers back, as streams. */
final class UiProxy implements AutoCloseable {

    /** Said from one hop to the next (RFC 9110, section 7.6.1), or set by each hop itself. */
    private static final Set<String> OF_THE_HOP = Set.of(
            "connection",
            "content-length",
            "date",
            "expect",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final int CONNECTIONS = 20;
    private static final Timeout CONNECT = Timeout.ofSeconds(5);

    /** The UI asks Temporal for at most 60 s. */
    private static final Timeout PATIENCE = Timeout.ofSeconds(70);

    private final String upstream;
    private final CloseableHttpClient client;

    UiProxy(InetSocketAddress ui) {
        this.upstream = "http://" + ui.getAddress().getHostAddress() + ":" + ui.getPort();
        this.client = FaithfulHttp.client()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setDefaultConnectionConfig(
                                FaithfulHttp.connections(CONNECT).build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(PATIENCE)
                        .setResponseTimeout(PATIENCE)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .disableDefaultUserAgent()
                .build();
    }

    void handOn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (ClassicHttpResponse answer = client.executeOpen(null, handedOn(request), null)) {
            handBack(answer, response);
        } catch (IllegalArgumentException malformed) {
            Problems.write(request, response, HttpStatus.BAD_REQUEST, "This is no address of Temporal's UI.");
        } catch (IOException lost) {
            if (response.isCommitted()) {
                throw lost;
            }
            response.reset();
            Problems.write(
                    request,
                    response,
                    HttpStatus.BAD_GATEWAY,
                    "Temporal's UI does not answer; if Temporal has just been started again, it will in a moment.");
        }
    }

    private HttpUriRequestBase handedOn(HttpServletRequest request) throws IOException {
        @Nullable String query = request.getQueryString();
        HttpUriRequestBase handedOn = new HttpUriRequestBase(
                request.getMethod(),
                URI.create(upstream + request.getRequestURI() + (query == null ? "" : "?" + query)));
        for (String name : Collections.list(request.getHeaderNames())) {
            if (isHandedOn(name)) {
                Collections.list(request.getHeaders(name)).forEach(value -> handedOn.addHeader(name, value));
            }
        }
        long length = request.getContentLengthLong();
        if (length > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            handedOn.setEntity(new InputStreamEntity(request.getInputStream(), length, null));
        }
        return handedOn;
    }

    private static void handBack(ClassicHttpResponse answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.getCode());
        for (Header header : answer.getHeaders()) {
            if (isHandedOn(header.getName())) {
                response.addHeader(header.getName(), header.getValue());
            }
        }
        @Nullable HttpEntity body = answer.getEntity();
        if (body != null) {
            if (body.getContentLength() >= 0) {
                response.setContentLengthLong(body.getContentLength());
            }
            body.writeTo(response.getOutputStream());
        }
    }

    private static boolean isHandedOn(String header) {
        return !OF_THE_HOP.contains(header.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        client.close(CloseMode.GRACEFUL);
    }
}
