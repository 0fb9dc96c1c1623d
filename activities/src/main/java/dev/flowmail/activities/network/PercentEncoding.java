package dev.flowmail.activities.network;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Encodes what may not stand in an address as a browser does (WHATWG URL): what is encoded already stays as it is. */
final class PercentEncoding {

    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{2}");

    /** Of ASCII, next to letters and digits (RFC 3986). */
    private static final String IN_PATH = "-._~!$&'()*+,;=:@/";

    private static final String AFTER_PATH = IN_PATH + "?[]";

    private PercentEncoding() {}

    /**
     * An address behind its authority.
     *
     * @param query with its mark; null for none
     * @param fragment with its mark; null for none
     */
    static String relative(String path, @Nullable String query, @Nullable String fragment) {
        return encoded(path.replace('\\', '/'), IN_PATH) + after('?', query) + after('#', fragment);
    }

    private static String after(char mark, @Nullable String part) {
        return part == null ? "" : mark + encoded(part.substring(1), AFTER_PATH);
    }

    private static String encoded(String part, String allowed) {
        StringBuilder encoded = new StringBuilder(part.length());
        for (byte octet : part.getBytes(StandardCharsets.UTF_8)) {
            encoded.append((char) Byte.toUnsignedInt(octet));
        }
        StringBuilder out = new StringBuilder(part.length());
        for (int at = 0; at < encoded.length(); at++) {
            char character = encoded.charAt(at);
            boolean isEscape = character == '%'
                    && at + 3 <= encoded.length()
                    && HEX.matcher(encoded.substring(at + 1, at + 3)).matches();
            if (isEscape || isLetterOrDigit(character) || allowed.indexOf(character) >= 0) {
                out.append(character);
            } else {
                out.append(String.format(Locale.ROOT, "%%%02X", (int) character));
            }
        }
        return out.toString();
    }

    private static boolean isLetterOrDigit(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9');
    }
}
