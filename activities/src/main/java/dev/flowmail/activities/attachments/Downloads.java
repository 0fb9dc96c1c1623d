package dev.flowmail.activities.attachments;

import dev.flowmail.activities.network.ForwardProxy.ProxyFaultException;
import dev.flowmail.activities.network.GuardedHttp;
import dev.flowmail.activities.network.GuardedHttp.Limits;
import dev.flowmail.activities.network.HeaderText;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import dev.flowmail.activities.network.WebAddress;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Fetches files from http(s) addresses that callers name. Follows up to 5 redirects, since file services answer with them;
 * every hop is guarded like the first, and none leads from https to http. Sends no credentials and no cookies. Safe for
 * several threads.
 */
public final class Downloads {

    private static final int MOST_REDIRECTS = 5;
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** Request Timeout, Too Early and Too Many Requests: the request is not to blame. */
    private static final Set<Integer> TRY_AGAIN = Set.of(408, 425, 429);

    private final GuardedHttp http;

    public Downloads(GuardedHttp http) {
        this.http = http;
    }

    /**
     * The file behind an address. It is fetched when 200 answers; 4xx other than 408, 425 and 429 is final.
     *
     * @param patience for all of it, redirects included
     */
    public RemoteFile file(String address, Duration patience) {
        return receiver -> {
            long end = System.nanoTime() + patience.toNanos();
            URI here = WebAddress.parse(address)
                    .orElseThrow(() -> FetchFailedException.forGood("it is no http or https address"));
            for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
                Optional<URI> next = get(here, left(end), receiver);
                if (next.isEmpty()) {
                    return;
                }
                here = next.get();
            }
            throw FetchFailedException.forGood("it redirects more than " + MOST_REDIRECTS + " times");
        };
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
    }

    /** Empty when the file was handed over, else where it is. */
    private Optional<URI> get(URI address, Duration patience, RemoteFile.Receiver receiver) throws IOException {
        HttpGet request = new HttpGet(address);
        request.setHeader(HttpHeaders.ACCEPT, "*/*");
        // what is mailed are the file's own bytes
        request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
        String host = WebAddress.host(address);
        try {
            return http.exchange(request, new Limits(patience, SILENCE, Long.MAX_VALUE), (reply, bytes) -> {
                if (reply.getCode() == 200) {
                    boolean isPacked = Packing.isOf(
                            header(reply, HttpHeaders.CONTENT_ENCODING),
                            header(reply, HttpHeaders.CONTENT_TYPE),
                            address.getPath());
                    receiver.receive(head(host, reply, isPacked), isPacked ? Packing.unpacked(bytes) : bytes);
                    return Optional.empty();
                }
                return Optional.of(redirect(address, reply));
            });
        } catch (FetchFailedException | AddressRefusedException | StoreUnavailableException | FileTooLargeException e) {
            throw e;
        } catch (UnknownHostException unknown) {
            throw FetchFailedException.forNow(NetworkGuard.nowhere(host));
        } catch (SocketTimeoutException late) {
            throw FetchFailedException.forNow(host + " did not answer in time");
        } catch (SSLException untrusted) {
            throw FetchFailedException.forNow(
                    host + " cannot be talked to over TLS: its certificate is not trusted, or is for another name");
        } catch (ProxyFaultException proxy) {
            throw FetchFailedException.forNow(host + " cannot be reached: " + proxy.getMessage());
        } catch (IOException lost) {
            throw FetchFailedException.forNow(host + " cannot be reached, or broke off ("
                    + lost.getClass().getSimpleName() + ")");
        }
    }

    private static URI redirect(URI address, ClassicHttpResponse reply) throws IOException {
        int code = reply.getCode();
        String answer = WebAddress.host(address) + " answered " + code;
        if (!REDIRECTS.contains(code)) {
            throw failed(answer, code);
        }
        URI next = Optional.ofNullable(header(reply, HttpHeaders.LOCATION))
                .flatMap(location -> WebAddress.resolve(address, HeaderText.decode(location)))
                .orElseThrow(() -> FetchFailedException.forGood(answer + " without an http or https address to go to"));
        if ("https".equalsIgnoreCase(address.getScheme()) && !"https".equalsIgnoreCase(next.getScheme())) {
            throw FetchFailedException.forGood(answer + " with an address that is not encrypted");
        }
        return next;
    }

    private static FetchFailedException failed(String answer, int code) {
        boolean isFinal = code >= 300 && code <= 499 && !TRY_AGAIN.contains(code);
        return isFinal
                ? FetchFailedException.forGood(answer
                        + "; check that the file is still there, and that its address needs no sign-in and has"
                        + " not expired")
                : FetchFailedException.forNow(answer);
    }

    private static RemoteFile.Head head(String host, ClassicHttpResponse reply, boolean isPacked) {
        HttpEntity entity = reply.getEntity();
        return new RemoteFile.Head(
                host,
                header(reply, HttpHeaders.CONTENT_TYPE),
                header(reply, "Content-Disposition"),
                entity == null ? 0 : isPacked ? -1 : entity.getContentLength());
    }

    private static @Nullable String header(ClassicHttpResponse reply, String name) {
        Header header = reply.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }
}
