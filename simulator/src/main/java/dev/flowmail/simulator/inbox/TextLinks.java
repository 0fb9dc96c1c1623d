package dev.flowmail.simulator.inbox;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decision links in a plain text. */
final class TextLinks {
    private static final Pattern LINK = Pattern.compile("(.*?)(https?://\\S+/decide/[\\w.~%-]+)");

    private TextLinks() {}

    /** In order; the label is what stands before the address, or on the line above. */
    static List<DecisionLink> in(String text) {
        List<DecisionLink> links = new ArrayList<>();
        String above = "";
        for (String line :
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
            Matcher matcher = LINK.matcher(line);
            if (matcher.find()) {
                String before = label(matcher.group(1));
                links.add(new DecisionLink(before.isEmpty() ? label(above) : before, URI.create(matcher.group(2))));
            }
            above = line;
        }
        return links;
    }

    /** Without what joins it to the address, and without the marks that isolate its writing direction. */
    private static String label(String text) {
        return text.replaceAll("[\\u2066-\\u2069]", "").replaceFirst("[\\s:<-]+$", "");
    }
}
