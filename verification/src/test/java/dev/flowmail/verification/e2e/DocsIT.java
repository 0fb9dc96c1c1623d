package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page to browse the API, in a browser that is signed in. */
@ExtendWith(EndToEnd.class)
class DocsIT {

    private final World world;

    DocsIT(World world) {
        this.world = world;
    }

    @Test
    void everyOperationIsShownAndNothingIsForbiddenOrLoadedFromElsewhere() {
        try (FlowmailProcess flowmail = new FlowmailProcess(
                                "flowmail-docs",
                                world.directory("docs"),
                                Map.of("FLOWMAIL_AUTH_USERNAME", "flow", "FLOWMAIL_AUTH_PASSWORD", "secret"))
                        .start();
                Browser browser = new Browser();
                BrowserContext window = browser.window(options -> options.setHttpCredentials("flow", "secret"))) {
            List<String> loaded = new CopyOnWriteArrayList<>();
            window.onRequest(request -> loaded.add(request.url()));
            Page page = window.newPage();
            page.navigate(flowmail.address("/docs").toString());

            page.waitForSelector("[data-path='/api/email/1/actions/email-choices']");
            page.locator("[data-path='/api/email/1/actions/email-choices']").click();
            page.waitForSelector("text=Send Email with Decision Request");
            page.waitForSelector(".opblock-body .example");

            assertThat(page.locator(".opblock-summary-path").count()).isEqualTo(9);
            assertThat(browser.complaints(page)).isEmpty();
            String origin = flowmail.address("/").toString();
            assertThat(loaded)
                    .isNotEmpty()
                    .allMatch(address -> address.startsWith(origin) || address.startsWith("data:"));
        }
    }
}
