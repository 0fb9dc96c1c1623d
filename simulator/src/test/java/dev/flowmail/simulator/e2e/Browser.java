package dev.flowmail.simulator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The system's Chromium. It notes every complaint of a page: errors, and what a page's policy forbade. */
final class Browser implements AutoCloseable {
    /**
     * Taking a screenshot runs a script in every frame, at times in the mail's, where no script may run. What a mail itself
     * must not hold is tested by the mail.
     */
    private static final String SANDBOX_WORKS = "Blocked script execution in ";

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

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
        BrowserContext window = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(colors)
                .setLocale("en-GB"));
        window.setDefaultTimeout((double) World.PATIENCE.toMillis());
        window.onConsoleMessage(message -> {
            boolean complains = message.type().equals("error") || message.type().equals("warning");
            if (complains && !message.text().startsWith(SANDBOX_WORKS)) {
                complaints.add(message.text());
            }
        });
        window.onWebError(error -> complaints.add(error.error()));
        return window;
    }

    /** Fails when a page has complained, or is wider than its window. */
    void assertPeace(Page page) {
        assertThat(complaints).isEmpty();
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as("the page's width")
                .isEqualTo(page.viewportSize().width);
    }

    /** Keeps what is seen, for people to look at. */
    static void keep(Page page, String name, boolean whole) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(whole));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
