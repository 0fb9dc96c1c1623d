package dev.flowmail.api.home;

import dev.flowmail.api.config.FlowmailProperties;
import dev.flowmail.api.decisions.PageResponses;
import dev.flowmail.api.ui.HiddenAddress;
import dev.flowmail.templates.Languages;
import dev.flowmail.templates.Page;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The home page: what this is, the address to paste into Flow, and where to read on. */
@RestController
final class HomeController {

    private final String connector;
    private final String apiDocumentation;
    private final @Nullable String temporal;
    private final PageResponses responses;

    HomeController(FlowmailProperties settings, ObjectProvider<HiddenAddress> ui, PageResponses responses) {
        this.connector = settings.publicUrl() + "/api/email/1";
        this.apiDocumentation = settings.publicUrl() + "/v3/api-docs";
        boolean hasUi = ui.stream().anyMatch(address -> address.socket().isPresent());
        // The embedded server's UI has no login and listens on loopback; nobody else could open it.
        this.temporal = hasUi && "localhost".equals(settings.publicUrl().getHost())
                ? "http://localhost:" + settings.temporal().uiPort()
                : null;
        this.responses = responses;
    }

    @GetMapping("/")
    ResponseEntity<String> home(Locale locale) {
        String language = Languages.tag(locale.getLanguage(), locale.getCountry());
        return responses.of(HttpStatus.OK, new Page.Home(language, connector, temporal, apiDocumentation));
    }
}
