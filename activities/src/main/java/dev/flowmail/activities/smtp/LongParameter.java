package dev.flowmail.activities.smtp;

import jakarta.mail.internet.ParameterList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a MIME header in any script and of any length (RFC 2231): in UTF-8 whatever the machine's own charset is, and
 * in pieces, which the mail library makes of ASCII text only. Servers break lines of more than 998 characters apart.
 */
final class LongParameter {
    private static final int PIECE = 50;
    private static final String HARMLESS = "!#$&+-.^_`|~";
    private static final String CHARSET = "UTF-8''";

    private LongParameter() {}

    /**
     * Adds a parameter to a header.
     *
     * @param start the header's value so far
     * @param given its parameters so far, of which nothing stays beside one of the same name
     */
    static String added(String start, @Nullable ParameterList given, String name, String value) {
        ParameterList parameters = given == null ? new ParameterList() : given;
        parameters.remove(name);
        StringBuilder header = new StringBuilder(start);
        if (StandardCharsets.US_ASCII.newEncoder().canEncode(value)) {
            parameters.set(name, value);
            return header.append(parameters.toString(start.length())).toString();
        }
        header.append(parameters.toString(start.length()));
        List<String> pieces = pieces(value);
        for (int piece = 0; piece < pieces.size(); piece++) {
            String number = pieces.size() == 1 ? "" : "*" + piece;
            header.append(";\r\n\t").append(name).append(number).append("*=").append(pieces.get(piece));
        }
        return header.toString();
    }

    /** Characters stay whole: some readers decode each piece by itself. */
    private static List<String> pieces(String value) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder(CHARSET);
        for (int codePoint : value.codePoints().toArray()) {
            String encoded = encoded(codePoint);
            if (piece.length() + encoded.length() > PIECE) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            piece.append(encoded);
        }
        pieces.add(piece.toString());
        return pieces;
    }

    private static String encoded(int codePoint) {
        if (codePoint < 0x80 && (Character.isLetterOrDigit(codePoint) || HARMLESS.indexOf(codePoint) >= 0)) {
            return Character.toString(codePoint);
        }
        StringBuilder encoded = new StringBuilder();
        for (byte octet : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
            encoded.append("%%%02X".formatted(octet & 0xff));
        }
        return encoded.toString();
    }
}
