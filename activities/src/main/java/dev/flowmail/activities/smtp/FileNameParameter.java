package dev.flowmail.activities.smtp;

import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.ParameterList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The two places where an attachment's name stands, in any script and of any length. {@code Content-Disposition} has it as RFC
 * 2231 says; {@code Content-Type} in encoded words, which no standard allows there and which readers take that do not know RFC
 * 2231. Servers break lines of more than 998 characters apart.
 */
final class FileNameParameter {
    /** Encoded: a name in one piece is read by more programs than the same name in several. */
    private static final int LONGEST_IN_ONE_PIECE = 400;

    private static final int PIECE = 50;
    private static final String HARMLESS = "!#$&-.^_`|~";
    private static final String CHARSET = "UTF-8''";

    private FileNameParameter() {}

    /** The value of {@code Content-Disposition}. */
    static String inDisposition(String disposition, String name) {
        if (isPlain(name)) {
            return disposition + parameter("filename", quoted(name));
        }
        List<String> pieces = pieces(name);
        StringBuilder header = new StringBuilder(disposition);
        for (int piece = 0; piece < pieces.size(); piece++) {
            String number = pieces.size() == 1 ? "" : "*" + piece;
            header.append(parameter("filename" + number + "*", pieces.get(piece)));
        }
        return header.toString();
    }

    /** The value of {@code Content-Type}; a name that the type brought along is replaced. */
    static String inContentType(ContentType type, String name) {
        String start = type.getBaseType();
        ParameterList others = type.getParameterList() == null ? new ParameterList() : type.getParameterList();
        others.remove("name");
        return start
                + others.toString(start.length())
                + parameter("name", isPlain(name) ? quoted(name) : '"' + EncodedWords.of(name) + '"');
    }

    private static boolean isPlain(String name) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(name)
                && name.length() <= LONGEST_IN_ONE_PIECE
                && !name.contains(EncodedWords.MARK);
    }

    private static String parameter(String name, String value) {
        return ";\r\n\t" + name + "=" + value;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static List<String> pieces(String name) {
        StringBuilder whole = new StringBuilder(CHARSET);
        name.codePoints().mapToObj(FileNameParameter::encoded).forEach(whole::append);
        if (whole.length() <= LONGEST_IN_ONE_PIECE) {
            return List.of(whole.toString());
        }
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder(CHARSET);
        for (int codePoint : name.codePoints().toArray()) {
            // characters stay whole: some readers decode each piece by itself
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
