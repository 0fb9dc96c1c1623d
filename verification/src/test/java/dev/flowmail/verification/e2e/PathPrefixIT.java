package dev.flowmail.verification.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.flowmail.servers.Command;
import dev.flowmail.simulator.engine.Connector;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.inbox.DecisionLink;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.verification.programs.FlowmailProcess;
import dev.flowmail.verification.programs.PackagedFlowmail;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Flowmail below a path of somebody else's site: a proxy takes the prefix off. */
@ExtendWith(EndToEnd.class)
class PathPrefixIT {
    private static final String PREFIX = "/some/prefix";

    private final World world;

    PathPrefixIT(World world) {
        this.world = world;
    }

    @Test
    void everythingStaysBelowThePrefixAndMailedLinksAndReceiptsOutliveARotationOfTheKeys() throws IOException {
        String anna = world.person("anna");
        String ben = world.person("ben");
        AtomicReference<URI> upstream = new AtomicReference<>();
        Path directory = world.directory("prefix");
        try (ReverseProxy proxy = new ReverseProxy(PREFIX, () -> Optional.ofNullable(upstream.get()));
                FlowmailProcess flowmail = new FlowmailProcess(
                        "flowmail-" + directory.getFileName(),
                        directory.resolve("data"),
                        Map.of(
                                "FLOWMAIL_PUBLIC_URL",
                                proxy.address() + "/",
                                // the flow's own page lies elsewhere
                                "FLOWMAIL_DECISION_AFTER_ANSWER",
                                "page"));
                Browser browser = new Browser()) {
            upstream.set(flowmail.address(""));
            flowmail.start();
            Connector connector = new Connector(URI.create(proxy.address() + "/api/email/1"));
            Flow asked = world.ask(connector, world.question(anna));
            Flow other = world.ask(connector, world.question(ben).language("DE"));
            assertThat(links(world.mailTo(anna)))
                    .hasSize(4)
                    .allSatisfy(link -> assertThat(link.toString()).startsWith(proxy.address() + "/decide/"));

            SignedReceipt before = decided(connector);
            JsonNode firstKeys = publishedKeys(proxy);
            assertThat(before.isGenuine(firstKeys)).isTrue();
            assertThat(firstKeys.path("keys")).hasSize(1);

            flowmail.stop();
            rotateKeys(flowmail);
            flowmail.start();

            URI link = world.mailTo(anna).link("Approve");
            world.patientlyOpened(link);
            Page page = browser.window(1280, 900, ColorScheme.LIGHT).newPage();
            List<String> requests = new ArrayList<>();
            page.onRequest(request -> requests.add(request.url()));
            page.navigate(link.toString());
            assertThat(page.locator("main")).containsText("Purchase order 4711");
            browser.assertPeace(page);
            answer(page, "Reject");
            answer(page, world.mailTo(ben).link("Approve"));

            assertThat(requests)
                    .hasSizeGreaterThan(3)
                    .allSatisfy(request -> assertThat(request).startsWith(proxy.address() + "/"));
            world.lateAnswer(asked);
            world.lateAnswer(other);
            assertThat(world.engine.flow(asked.token()).chosen()).contains("Reject");
            assertThat(world.engine.flow(other.token()).chosen()).contains("Approve");
            for (String unknown : List.of("/decide/unknown", "/nothing")) {
                assertThat(open(proxy, unknown).status()).isEqualTo(404);
                page.navigate(proxy.address() + unknown);
                assertThat(page.locator("h1")).hasText("This link does not work");
                assertThat(page.locator("[rel=icon]")).hasAttribute("href", PREFIX + "/favicon.svg");
            }
            assertThat(open(proxy, "/favicon.svg").status()).isEqualTo(200);
            assertThat(addresses(open(proxy, "/")))
                    .containsExactlyInAnyOrder(
                            proxy.address() + "/docs",
                            proxy.address() + "/favicon.svg",
                            proxy.address() + "/home.js",
                            proxy.address() + "/v3/api-docs",
                            flowmail.temporalUi().toString());
            assertThat(open(proxy, "/").text()).contains(proxy.address() + "/api/email/1");
            JsonNode keys = publishedKeys(proxy);
            assertThat(keys.path("keys"))
                    .hasSize(2)
                    .contains(firstKeys.path("keys").path(0))
                    .noneMatch(key -> key.has("d"));
            assertThat(before.isGenuine(keys)).as("by the retired key").isTrue();
            assertThat(world.receipt(asked).isGenuine(keys)).isTrue();
            assertThat(world.receipt(asked).isGenuine(firstKeys))
                    .as("by the new key")
                    .isFalse();
            assertThat(servers(proxy)).containsExactly(proxy.address().toString());
            assertThat(proxy.strays()).isEmpty();
            assertThat(proxy.broken()).isEmpty();
        }
    }

    /** The receipt of a decision that is made meanwhile. */
    private SignedReceipt decided(Connector connector) {
        String carla = world.person("carla");
        Flow flow = world.ask(connector, world.question(carla));
        world.decide(carla, "Approve");
        return world.receipt(flow);
    }

    private static void rotateKeys(FlowmailProcess flowmail) {
        new Command(PackagedFlowmail.command("keys", "--rotate"))
                .with("FLOWMAIL_DATA_DIRECTORY", flowmail.dataDirectory().toString())
                .output();
    }

    private JsonNode publishedKeys(ReverseProxy proxy) {
        return JsonMapper.shared()
                .readTree(open(proxy, "/.well-known/jwks.json").html());
    }

    private static List<URI> links(ReceivedMail mail) {
        return Stream.concat(mail.htmlLinks().stream(), mail.textLinks().stream())
                .map(DecisionLink::address)
                .toList();
    }

    /** Opens a link and submits its page. */
    private static void answer(Page page, URI link) {
        page.navigate(link.toString());
        answer(page, "Approve");
    }

    /** Presses the button with this outcome. */
    private static void answer(Page page, String outcome) {
        Locator button = page.locator("button", new Page.LocatorOptions().setHasText(outcome));
        button.click();
        assertThat(button).hasCount(0);
    }

    private dev.flowmail.simulator.recipient.Page open(ReverseProxy proxy, String path) {
        return world.recipient.open(URI.create(proxy.address() + path));
    }

    /** Where a page leads, or loads from. */
    private static List<String> addresses(dev.flowmail.simulator.recipient.Page page) {
        return Stream.of("href", "src", "action")
                .flatMap(attribute -> page.document().select("[" + attribute + "]").stream()
                        .map(element -> element.absUrl(attribute)))
                .toList();
    }

    /** Where the OpenAPI page says that its paths begin. */
    private List<String> servers(ReverseProxy proxy) {
        URI address = URI.create(proxy.address() + "/v3/api-docs");
        JsonNode page = new JsonMapper().readTree(world.recipient.open(address).html());
        return page.path("servers")
                .valueStream()
                .map(server -> address.resolve(server.path("url").asString()).toString())
                .toList();
    }
}
