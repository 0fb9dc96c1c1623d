package dev.flowmail.api.decisions;

import dev.flowmail.api.problems.MissingPage;
import dev.flowmail.api.problems.Problems;
import dev.flowmail.templates.Languages;
import dev.flowmail.templates.Page;
import dev.flowmail.templates.Pages;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Pages with the headers that protect them (interface: HTTP); {@code Strict-Transport-Security} comes from the edge. */
public final class PageResponses implements MissingPage {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final MediaType JOSE = new MediaType("application", "jose");
    private static final MediaType SVG = MediaType.valueOf("image/svg+xml");
    private static final String SOON = "5";

    /** What a page of too many attempts asks for. */
    private static final String A_MINUTE = "60";

    private final Pages pages;
    private final String contentSecurityPolicy;
    private final String withScript;

    public PageResponses(Pages pages) {
        this.pages = pages;
        this.contentSecurityPolicy = policy(pages, "");
        this.withScript = policy(pages, "script-src 'self'; ");
    }

    private static String policy(Pages pages, String script) {
        return "default-src 'none'; " + script + "style-src " + pages.styleHash()
                + "; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    }

    /** The page as an answer with this status. */
    public ResponseEntity<String> of(HttpStatus status, Page page) {
        return of(status, page, false);
    }

    /** @param hasReceipt whether the page leads to a receipt */
    ResponseEntity<String> of(HttpStatus status, Page page, boolean hasReceipt) {
        return head(status, page).body(pages.render(page, hasReceipt));
    }

    /** What HEAD is answered: programs that check links ask so, for every link of every mail, and need no page made. */
    ResponseEntity<String> withoutBody(HttpStatus status, Page page) {
        return head(status, page).build();
    }

    private ResponseEntity.BodyBuilder head(HttpStatus status, Page page) {
        return headed(status, HTML, page instanceof Page.Home ? withScript : contentSecurityPolicy);
    }

    /** A receipt to keep, a compact JWS, with the same headers. */
    ResponseEntity<String> receipt(String jws) {
        return headed(HttpStatus.OK, JOSE, contentSecurityPolicy)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"receipt.jws\"")
                .body(jws);
    }

    /** The pages' icon, which browsers may keep for a day. */
    public ResponseEntity<String> icon() {
        return ResponseEntity.ok()
                .contentType(SVG)
                .cacheControl(CacheControl.maxAge(1, TimeUnit.DAYS).cachePublic())
                .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .body(pages.icon());
    }

    /** Whoever mistypes an address, or has half a link, is told so as for any other link that does not work. */
    @Override
    public ResponseEntity<String> of(Locale locale) {
        return of(HttpStatus.NOT_FOUND, notice(locale, Page.Kind.UNKNOWN));
    }

    /** A page that concerns no request, in the language of whoever reads it. */
    static Page notice(Locale locale, Page.Kind kind) {
        return new Page.Notice(Languages.tag(locale.getLanguage(), locale.getCountry()), kind);
    }

    private static ResponseEntity.BodyBuilder headed(HttpStatus status, MediaType type, String policy) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status)
                .contentType(type)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", policy)
                .header("Referrer-Policy", "same-origin")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Robots-Tag", "noindex, nofollow");
        if (status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS) {
            answer.header(HttpHeaders.RETRY_AFTER, status == HttpStatus.SERVICE_UNAVAILABLE ? SOON : A_MINUTE);
        }
        return answer;
    }

    /** Answers a request that reaches no controller. Headers that were set before stay. */
    void write(HttpServletResponse response, HttpStatus status, Page page) throws IOException {
        Problems.write(of(status, page), response);
    }
}
