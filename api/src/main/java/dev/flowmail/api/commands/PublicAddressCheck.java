package dev.flowmail.api.commands;

import dev.flowmail.api.settings.Loopback;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** The public address: safe, known to the DNS, and ours when it answers. */
final class PublicAddressCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LARGEST_PAGE = 200_000;
    private static final String SETTING = "FLOWMAIL_PUBLIC_URL";
    private static final String CONNECTOR = "/api/email/1";

    private final URI url;
    private final boolean isRunning;
    private final SSLContext trust;
    private final Report report;

    /** @param isRunning whether Flowmail is known to run, so that somebody should answer */
    PublicAddressCheck(URI url, boolean isRunning, SSLContext trust, Report report) {
        this.url = url;
        this.isRunning = isRunning;
        this.trust = trust;
        this.report = report;
    }

    void run() {
        report.about("Public address " + url);
        boolean isLoopback = Loopback.isHost(url.getHost());
        if (!isLoopback && !"https".equalsIgnoreCase(url.getScheme())) {
            report.finding(
                    "It is not https: whoever is on the way can read links that decide, and Flow's password.",
                    "Put a reverse proxy with a certificate before Flowmail, and set " + SETTING
                            + " to its https address.");
        } else {
            report.fine(isLoopback ? "It is this machine's own: only people on it can answer." : "It is https.");
        }
        if (isKnown()) {
            ask();
        }
    }

    private boolean isKnown() {
        try {
            var ignored = InetAddress.getAllByName(url.getHost());
            return true;
        } catch (UnknownHostException unknown) {
            report.finding(
                    "The DNS does not know " + url.getHost() + ".", "Enter it in the DNS, or correct " + SETTING + ".");
            return false;
        }
    }

    private void ask() {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(trust)
                .connectTimeout(PATIENCE)
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/")).timeout(PATIENCE).build();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                judge(response.statusCode(), new String(body.readNBytes(LARGEST_PAGE), StandardCharsets.UTF_8));
            }
        } catch (SSLException failure) {
            report.finding(
                    "Its certificate is not trusted here, or it does not speak TLS (" + failure.getMessage() + ").",
                    "Install a certificate for " + url.getHost()
                            + " with its whole chain; browsers and Flow will refuse" + " it otherwise.");
        } catch (ConnectException failure) {
            silent("Nobody answers there.");
        } catch (IOException failure) {
            silent("It gives no answer (" + failure.getClass().getSimpleName() + ").");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void silent(String what) {
        if (isRunning) {
            report.warning(
                    what,
                    "Flowmail runs, so people should be able to reach it: check " + SETTING
                            + ", SERVER_PORT and the proxy" + " on the way (from here it may be out of reach).");
        } else {
            report.fine(what.replaceAll("\\.$", ", and Flowmail is not running here."));
        }
    }

    private void judge(int status, String page) {
        if (status == 200 && page.contains(url + CONNECTOR)) {
            report.fine("Flowmail answers there. The connector's URL for Flow is " + url + CONNECTOR + ".");
        } else if (status == 200 && page.contains(CONNECTOR)) {
            report.finding(
                    "A Flowmail answers there that takes another address for its own.",
                    "Give it, and this check, the same " + SETTING + ".");
        } else if (status >= 502 && status <= 504) {
            report.warning(
                    "A proxy answers there that cannot reach Flowmail (" + status + ").",
                    "Start Flowmail, or let the proxy pass requests to SERVER_ADDRESS and SERVER_PORT.");
        } else {
            report.finding(
                    "Something answers there (" + status + "), but not Flowmail's home page.",
                    "Let the proxy pass " + url + "/ to Flowmail, or correct " + SETTING
                            + (status >= 300 && status < 400 ? " to where this redirects." : "."));
        }
    }
}
