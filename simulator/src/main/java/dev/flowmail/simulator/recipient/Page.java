package dev.flowmail.simulator.recipient;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;

/** A page as a recipient's browser got it. */
public record Page(URI address, int status, HttpHeaders headers, String html) {

    /** What stands on the page. */
    public String text() {
        return document().text();
    }

    /** The page's elements. */
    public Document document() {
        return Jsoup.parse(html, address.toString());
    }

    /** The page's one POST form. */
    public FormElement form() {
        List<FormElement> forms = document().forms().stream()
                .filter(form -> form.attr("method").equalsIgnoreCase("post"))
                .toList();
        if (forms.size() != 1) {
            throw new IllegalStateException("The page has " + forms.size() + " forms that POST, not one; it answered "
                    + status + " and says: " + text());
        }
        return forms.get(0);
    }

    /** Whether the page asks for an answer. */
    public boolean asks() {
        return !document().forms().isEmpty();
    }
}
