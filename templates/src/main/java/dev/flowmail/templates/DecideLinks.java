package dev.flowmail.templates;

import java.net.IDN;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * Recognises addresses of our own decide pages in what a caller wrote: only the buttons of our own making may lead there.
 *
 * <p>Errs on the side of finding too much: whatever names our host and {@code /decide} behind it, however it is spelled and
 * whatever it is wrapped in. Looks at each character once and keeps none, however long the text is.
 */
final class DecideLinks {

    /** Stands where something was taken out. */
    static final String REMOVED = "…";

    private final List<int[]> hosts;

    DecideLinks(URI publicUrl) {
        String host = publicUrl.getHost();
        if (host == null) {
            throw new IllegalArgumentException("The public URL must be absolute and name a host.");
        }
        hosts = Stream.of(host, IDN.toUnicode(host))
                .map(AddressFolding::of)
                .distinct()
                .map(name -> name.codePoints().toArray())
                .toList();
    }

    /** For an address that comes in pieces. */
    DecideLinkScan scan() {
        return new DecideLinkScan(hosts);
    }

    /** Whether an attribute's value or a style sheet leads to a decide page. */
    boolean in(String text) {
        DecideLinkScan scan = scan();
        scan.read(text, 0, text.length());
        return scan.end();
    }

    /** The text without the words that lead to a decide page: mail programs make links of such words. */
    String removedFrom(String text) {
        DecideLinkScan scan = scan();
        StringBuilder kept = new StringBuilder();
        int copied = 0;
        int at = 0;
        while (at < text.length()) {
            int end = endOfWord(text, at);
            scan.read(text, at, end);
            if (end > at && scan.end()) {
                kept.append(text, copied, at).append(REMOVED);
                copied = end;
            }
            at = end + 1;
        }
        return copied == 0 ? text : kept.append(text, copied, text.length()).toString();
    }

    /** Where the word ends that begins here; the same index when a space stands here. */
    static int endOfWord(String text, int from) {
        int end = from;
        while (end < text.length() && !Characters.isSpace(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
