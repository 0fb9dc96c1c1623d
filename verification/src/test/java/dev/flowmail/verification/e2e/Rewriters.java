package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.flowmail.servers.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;

/** What stands between a mail and its reader: services that rewrite links and redirect, and a web mailer that fetches ahead. */
final class Rewriters implements AutoCloseable {
    private final WebServer server = new WebServer().on("/", Rewriters::answer);

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getRawQuery();
        if (path.equals("/webmail")) {
            exchange.getResponseHeaders().set("Content-Type", "text/html;charset=UTF-8");
            WebServer.answer(exchange, 200, webmail(decode(query.replaceFirst("^body=", ""))));
        } else {
            exchange.getResponseHeaders().set("Location", unwrapped(path.substring(1), decode(query)));
            WebServer.answer(exchange, 302, "");
        }
    }

    /** An address here. */
    URI address(String path) {
        return URI.create(server.address(path));
    }

    /** Where a rewritten address leads to: the rewriter, which redirects to the one that it finds in there. */
    URI opened(String rewriter, String rewritten) {
        return address("/" + rewriter + "?" + encode(rewritten));
    }

    /** A page that shows a mail, and fetches ahead what its reader points at. */
    URI showing(String mail) {
        return address("/webmail?body=" + encode(mail));
    }

    static String safeLinks(URI link) {
        return "https://eur02.safelinks.protection.outlook.com/?url=" + encode(link.toString())
                + "&data=05%7C02%7Canna%40example.com%7C&sdata=x%3D&reserved=0";
    }

    static String urlDefense2(URI link) {
        String safe = encode(link.toString().replace("-", "%2D").replace("_", "%5F"));
        return "https://urldefense.proofpoint.com/v2/url?u="
                + safe.replace("%252D", "-2D")
                        .replace("%255F", "-5F")
                        .replace("%2F", "_")
                        .replace('%', '-')
                + "&d=DwMFaQ&c=x&r=y&m=z&s=q&e=";
    }

    static String urlDefense3(URI link) {
        return "https://urldefense.com/v3/__" + link + "__;!!BhdT!x-y_z$";
    }

    private static String unwrapped(String rewriter, String rewritten) {
        return switch (rewriter) {
            case "safelinks" -> decode(rewritten.replaceFirst(".*[?&]url=", "").replaceFirst("&.*", ""));
            case "urldefense-v2" ->
                decode(rewritten
                        .replaceFirst(".*[?&]u=", "")
                        .replaceFirst("&.*", "")
                        .replace('-', '%')
                        .replace('_', '/'));
            default -> rewritten.replaceFirst(".*/v3/__(.+?)__;.*", "$1");
        };
    }

    private static String webmail(String body) {
        return """
            <!doctype html><title>Web mail</title>%s
            <script type="speculationrules">
            {"prefetch": [{"where": {"href_matches": "*/decide/*"}, "eagerness": "moderate"}],
             "prerender": [{"where": {"href_matches": "*/decide/*"}, "eagerness": "moderate"}]}
            </script>
            <script>
            document.addEventListener('mouseover', event => {
                const link = document.createElement('link');
                link.rel = 'prefetch';
                link.href = event.target.closest('a')?.href ?? '/';
                document.head.append(link);
            });
            </script>
            """.formatted(body);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
