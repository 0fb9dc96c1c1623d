package dev.flowmail.templates;

import java.net.IDN;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recognises addresses of our own decide pages in what a caller wrote: only the buttons of our own making may lead there.
 *
 * <p>Errs on the side of finding too much: whatever names our host and {@code /decide} behind it, however it is spelled and
 * whatever it is wrapped in.
 */
final class DecideLinks {

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\s]+");
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern DECIDE = Pattern.compile("[/\\\\]decide(?![\\w-])");
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final String REMOVED = "…";
    private static final int LAYERS = 3;

    private final Pattern host;

    DecideLinks(URI publicUrl) {
        String host = publicUrl.getHost();
        if (host == null) {
            throw new IllegalArgumentException("The public URL must be absolute and name a host.");
        }
        String names = Stream.of(host, IDN.toUnicode(host))
                .map(name -> Pattern.quote(name.toLowerCase(Locale.ROOT)))
                .distinct()
                .collect(Collectors.joining("|"));
        this.host = Pattern.compile("(?<![\\w.-])(?:" + names + ")(?![\\w-])");
    }

    /** Whether an attribute's value or a style sheet leads to a decide page. */
    boolean in(String text) {
        String plain = text;
        // wrapped links (Safe Links and the like) hold an address that is encoded once more
        for (int layer = 0; layer < LAYERS; layer++) {
            plain = decode(plain);
        }
        Matcher ours = host.matcher(plain);
        return ours.find()
                && DECIDE.matcher(plain).region(ours.end(), plain.length()).find();
    }

    /** The text without the words that lead to a decide page: mail programs make links of such words. */
    String removedFrom(String text) {
        if (!in(text)) {
            return text;
        }
        return WORD.matcher(text)
                .replaceAll(word -> in(word.group()) ? REMOVED : Matcher.quoteReplacement(word.group()));
    }

    private static String decode(String text) {
        String visible = INVISIBLE
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .replaceAll("");
        String escaped = BROKEN_ESCAPE.matcher(visible).replaceAll("%25").replace("+", "%2B");
        return URLDecoder.decode(escaped, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    }
}
