package dev.flowmail.api.home;

import dev.flowmail.api.config.FlowmailProperties;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The home page: what this is, and the address to paste into Flow. */
@RestController
final class HomeController {

    private final FlowmailProperties settings;

    HomeController(FlowmailProperties settings) {
        this.settings = settings;
    }

    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
    String home() {
        String connector = HtmlUtils.htmlEscape(settings.publicUrl() + "/api/email/1");
        return """
                <!doctype html><html lang="en"><meta charset="utf-8"><title>Flowmail</title>
                <h1>Flowmail</h1><p>The Email connector for Boomi Flow. Its address: <code>%s</code></p></html>
                """.formatted(connector);
    }
}
