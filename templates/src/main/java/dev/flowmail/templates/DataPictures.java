package dev.flowmail.templates;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the pictures out of HTML that stand in it as {@code data:} addresses (RFC 2397), which neither Gmail nor Outlook
 * shows, and refers to them by {@code cid:}. Everything else stays as it is. Looks at each character a fixed number of times.
 */
final class DataPictures {

    private static final String START = "data:image/";
    private static final String BASE64 = ";base64,";
    private static final String SOURCE = "src";
    /** What every mail program shows. */
    private static final Set<String> TYPES = Set.of("png", "jpeg", "jpg", "gif", "webp", "bmp");

    private static final int LONGEST_TYPE = 100;
    private static final int MOST = 100;

    private final List<InlinePicture> pictures = new ArrayList<>();
    private final String html;

    DataPictures(String given) {
        StringBuilder kept = new StringBuilder();
        int copied = 0;
        for (int at = next(given, 0); at >= 0; at = next(given, at + START.length())) {
            char quote = at > 0 ? given.charAt(at - 1) : ' ';
            boolean isQuoted = quote == '"' || quote == '\'';
            int end = isQuoted ? given.indexOf(quote, at) : endOfWord(given, at);
            if (end < 0 || !isSource(given, isQuoted ? at - 1 : at) || pictures.size() == MOST) {
                continue;
            }
            Optional<InlinePicture> picture = picture(given.substring(at + START.length(), end));
            if (picture.isPresent()) {
                pictures.add(picture.get());
                kept.append(given, copied, at)
                        .append("cid:")
                        .append(picture.get().contentId());
                copied = end;
            }
            at = end;
        }
        html = copied == 0 ? given : kept.append(given, copied, given.length()).toString();
    }

    String html() {
        return html;
    }

    List<InlinePicture> pictures() {
        return List.copyOf(pictures);
    }

    private static int next(String html, int from) {
        for (int at = html.indexOf(':', from); at >= 0; at = html.indexOf(':', at + 1)) {
            int start = at - START.indexOf(':');
            if (start >= from && html.regionMatches(true, start, START, 0, START.length())) {
                return start;
            }
        }
        return -1;
    }

    /** Whether a value that begins here is a {@code src}. */
    private static boolean isSource(String html, int start) {
        int equals = beforeSpaces(html, start) - 1;
        if (equals < 0 || html.charAt(equals) != '=') {
            return false;
        }
        int end = beforeSpaces(html, equals);
        return end >= SOURCE.length() && html.regionMatches(true, end - SOURCE.length(), SOURCE, 0, SOURCE.length());
    }

    private static int beforeSpaces(String html, int end) {
        int at = end;
        while (at > 0 && Characters.isSpace(html.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private static int endOfWord(String html, int start) {
        for (int at = start; at < html.length(); at++) {
            if (html.charAt(at) == '>' || Characters.isSpace(html.charAt(at))) {
                return at;
            }
        }
        return -1;
    }

    private Optional<InlinePicture> picture(String data) {
        int base64 = data.substring(0, Math.min(data.length(), LONGEST_TYPE))
                .toLowerCase(Locale.ROOT)
                .indexOf(BASE64);
        // parameters, such as a name, say nothing here
        String type =
                base64 < 0 ? "" : data.substring(0, base64).split(";", 2)[0].toLowerCase(Locale.ROOT);
        if (!TYPES.contains(type)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(data.substring(base64 + BASE64.length()));
            String name = "picture-" + (pictures.size() + 1) + "@flowmail";
            return bytes.length == 0
                    ? Optional.empty()
                    : Optional.of(new InlinePicture(name, "image/" + (type.equals("jpg") ? "jpeg" : type), bytes));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
