package dev.flowmail.api.home;

import dev.flowmail.api.decisions.PageResponses;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.api.settings.FlowmailProperties;
import dev.flowmail.api.ui.HiddenAddress;
import dev.flowmail.templates.Languages;
import dev.flowmail.templates.Page;
import dev.flowmail.templates.Pages;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The home page: what this is, the address to paste into Flow, and where to read on. The connector's own address shows it too. */
@RestController
final class HomeController {

    private final String connector;
    private final @Nullable String temporal;
    private final PageResponses responses;

    HomeController(FlowmailProperties settings, ObjectProvider<HiddenAddress> ui, PageResponses responses) {
        this.connector = settings.publicUrl() + "/api/email/1";
        boolean hasUi = ui.stream().anyMatch(address -> address.socket().isPresent());
        // The embedded server's UI has no login and listens on loopback; nobody else could open it.
        this.temporal = hasUi && "localhost".equals(settings.publicUrl().getHost())
                ? "http://localhost:" + settings.temporal().uiPort()
                : null;
        this.responses = responses;
    }

    @GetMapping("/")
    ResponseEntity<String> home(Locale locale) {
        return page(locale, "");
    }

    /** Somebody has opened in a browser what Flow is to call. */
    @Hidden
    @GetMapping("/api/email/1")
    ResponseEntity<String> connector(
            Locale locale, @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "") String accept) {
        if (!accept.contains(MediaType.TEXT_HTML_VALUE)) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "This is the connector's address: Flow calls what lies below it, such as /metadata. See"
                            + " /v3/api-docs.");
        }
        return page(locale, "../../");
    }

    @Hidden
    @GetMapping(Pages.ICON)
    ResponseEntity<String> icon() {
        return responses.icon();
    }

    private ResponseEntity<String> page(Locale locale, String root) {
        String language = Languages.tag(locale.getLanguage(), locale.getCountry());
        return responses.of(HttpStatus.OK, new Page.Home(language, connector, temporal, root));
    }
}
