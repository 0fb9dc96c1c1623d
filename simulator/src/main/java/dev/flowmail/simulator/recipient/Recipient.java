package dev.flowmail.simulator.recipient;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.jsoup.select.Elements;

/** A recipient with a browser: no cookies, no scripts, follows no redirect. Every answer must come within 60 s. */
public final class Recipient {
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** Opens a page. */
    public Page open(URI address) {
        return send(HttpRequest.newBuilder(address).GET());
    }

    /** Asks for a page's head only. */
    public Page head(URI address) {
        return send(HttpRequest.newBuilder(address).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    }

    /** Submits the page's form as it stands, with its first submit button. */
    public Page submit(Page page) {
        FormElement form = page.form();
        Element first = buttons(form).first();
        return submit(page, form, first == null ? Map.of() : nameAndValue(first));
    }

    /** Submits the page's form with the button that has these words on it. */
    public Page submit(Page page, String words) {
        FormElement form = page.form();
        Element button = buttons(form).stream()
                .filter(candidate -> candidate.text().contains(words)
                        || candidate.attr("value").contains(words))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No button of the page says \"" + words + "\""));
        return submit(page, form, nameAndValue(button));
    }

    /** Submits the page's form with fields of one's own besides what stands in it. */
    public Page submit(Page page, Map<String, String> more) {
        return submit(page, page.form(), more);
    }

    private Page submit(Page page, FormElement form, Map<String, String> more) {
        Map<String, String> fields = new LinkedHashMap<>();
        form.formData().forEach(field -> fields.put(field.key(), field.value()));
        fields.putAll(more);
        String action =
                form.hasAttr("action") ? form.absUrl("action") : page.address().toString();
        return send(HttpRequest.newBuilder(URI.create(action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encode(fields))));
    }

    private static Elements buttons(FormElement form) {
        return form.select("button:not([type=button]):not([type=reset]), input[type=submit]");
    }

    private static Map<String, String> nameAndValue(Element button) {
        return button.hasAttr("name") ? Map.of(button.attr("name"), button.attr("value")) : Map.of();
    }

    private static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), UTF_8) + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private Page send(HttpRequest.Builder request) {
        HttpRequest sent = request.timeout(Duration.ofSeconds(60)).build();
        try {
            HttpResponse<String> answer = http.send(sent, HttpResponse.BodyHandlers.ofString());
            return new Page(sent.uri(), answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(sent.method() + " " + sent.uri().getPath() + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
