package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The system's Chromium. It notes every complaint of a page: errors, and what a page's policy forbade. */
final class Browser implements AutoCloseable {
    /**
     * What Chromium says of a page that frames a mail in which a script wants to run. Taking a screenshot runs one in every
     * frame.
     */
    static final String SANDBOX_WORKS = "Blocked script execution in ";

    /** The rules that a page must keep so that everybody can use it: all of axe's, best practices included. */
    private static final String FIND_BARRIERS = """
        () => axe.run(document, {resultTypes: ['violations']}).then(result => result.violations.map(violation =>
            violation.id + ': ' + violation.nodes.map(node => node.html + ' ' + node.failureSummary).join('; ')))
        """;

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final Map<Page, List<String>> complaints = new HashMap<>();
    private final String axe = resource("/axe.min.js");

    /** Fails with a sentence that says what to do when there is no Chromium. */
    Browser() {
        Path executable = executable();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        // tests may run as root, where Chromium refuses its sandbox; they open their own pages only
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    private static Path executable() {
        Optional<Path> named = Optional.ofNullable(System.getenv("CHROMIUM")).map(Path::of);
        Stream<Path> onPath = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "chromium"));
        return Stream.concat(named.stream(), onPath)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "These tests need the browser Chromium: install it (Debian: apt-get install chromium),"
                                + " or set CHROMIUM to where it is"));
    }

    /** A fresh browser window. Every wait in it ends after 90 s, which a busy machine may need. */
    BrowserContext window(int width, int height, ColorScheme colors) {
        return window(options -> options.setViewportSize(width, height).setColorScheme(colors));
    }

    /** A fresh browser window of one's own kind. */
    BrowserContext window(UnaryOperator<NewContextOptions> kind) {
        BrowserContext window = chromium.newContext(kind.apply(new NewContextOptions().setLocale("en-GB")));
        window.setDefaultTimeout((double) World.PATIENCE.toMillis());
        window.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints(message.page()).add(message.text());
            }
        });
        window.onWebError(error -> complaints(error.page()).add(error.error()));
        return window;
    }

    void closeWindows() {
        List.copyOf(chromium.contexts()).forEach(BrowserContext::close);
        complaints.clear();
    }

    /** Errors and warnings of one page until now. */
    List<String> complaints(Page page) {
        return complaints.computeIfAbsent(page, nothingYet -> new ArrayList<>());
    }

    /** Fails when a page has complained, or is wider than its window. Only a page that frames a mail may name its sandbox. */
    void assertPeace(Page page) {
        boolean framesMail = page.frames().size() > 1;
        assertThat(complaints(page))
                .filteredOn(complaint -> !framesMail || !complaint.startsWith(SANDBOX_WORKS))
                .isEmpty();
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as("the page's width")
                .isEqualTo(page.viewportSize().width);
    }

    /** Fails when axe finds that somebody could not read or use the page. */
    void assertNoBarriers(Page page) {
        if (!(Boolean) page.evaluate("'axe' in window")) {
            page.evaluate(axe);
        }
        assertThat((List<?>) page.evaluate(FIND_BARRIERS))
                .as("axe on " + page.title())
                .isEmpty();
    }

    private static String resource(String name) {
        try (InputStream stream = requireNonNull(Browser.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps what is seen, for people to look at. */
    static void keep(Page page, String name, boolean whole) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(whole));
    }

    /** Takes a picture of the documentation, when {@code -Dflowmail.pictures} names its directory. */
    static void picture(Page page, String name, ColorScheme scheme) {
        ofDocumentation(name).ifPresent(path -> {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            page.setViewportSize(640, 400);
            page.screenshot(new Page.ScreenshotOptions().setPath(path).setFullPage(true));
        });
    }

    /** Where a picture of the documentation goes, when {@code -Dflowmail.pictures} names the directory. */
    static Optional<Path> ofDocumentation(String name) {
        return Optional.ofNullable(System.getProperty("flowmail.pictures"))
                .map(directory -> Path.of(directory, name + ".png"));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
