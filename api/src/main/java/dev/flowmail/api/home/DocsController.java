package dev.flowmail.api.home;

import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The page to browse the OpenAPI description: Swagger UI, from this server alone. */
@RestController
final class DocsController {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    /** Its own files and nothing inline; it calls the API where somebody tries it out. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private static final String PAGE = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex, nofollow">
        <title>API · Flowmail</title>
        <link rel="icon" type="image/svg+xml" href="favicon.svg">
        <link rel="stylesheet" href="docs/swagger-ui/swagger-ui.css">
        </head>
        <body>
        <noscript><p>This page needs JavaScript. The description itself is at <a href="v3/api-docs">v3/api-docs</a>.</p></noscript>
        <main id="description"></main>
        <script src="docs/swagger-ui/swagger-ui-bundle.js"></script>
        <script src="docs.js"></script>
        </body>
        </html>
        """;

    @GetMapping("/docs")
    ResponseEntity<String> docs() {
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("Referrer-Policy", "same-origin")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Robots-Tag", "noindex, nofollow")
                .body(PAGE);
    }
}
