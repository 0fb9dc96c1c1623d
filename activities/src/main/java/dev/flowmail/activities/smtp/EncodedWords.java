package dev.flowmail.activities.smtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes a text of one line into a header (RFC 2047), so that exactly this text is read again: as it stands where every reader
 * takes it so and it can be folded, else as encoded words.
 */
final class EncodedWords {
    /** A line with encoded words has 76 characters at most: 52 are left beside {@code Subject:} and what marks a word. */
    private static final int OCTETS = 39;

    /** What may stand between two places where a line can be folded. Lines may have 998 characters and should have 78. */
    private static final int LONGEST_WORD = 70;

    /** What looks like an encoded word begins so. */
    static final String MARK = "=?";

    private static final Pattern LONG_WORD = Pattern.compile("[^ ]{" + (LONGEST_WORD + 1) + ",}");

    private EncodedWords() {}

    /** Whether readers would read something else than the text, or servers could not take it. */
    static boolean needs(String text) {
        return text.chars().anyMatch(character -> character < 0x20 || character > 0x7e)
                || text.contains(MARK)
                || LONG_WORD.matcher(text).find();
    }

    /** The text as encoded words, each on a line of its own: continuation lines begin with a space. */
    static String of(String text) {
        return String.join("\r\n ", words(text));
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int octets = 0;
        for (int codePoint : text.codePoints().toArray()) {
            // a character stays in one word (RFC 2047, section 5)
            String character = Character.toString(codePoint);
            int more = character.getBytes(StandardCharsets.UTF_8).length;
            if (octets + more > OCTETS) {
                words.add(word(part.toString()));
                part.setLength(0);
                octets = 0;
            }
            part.append(character);
            octets += more;
        }
        words.add(word(part.toString()));
        return words;
    }

    private static String word(String part) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(part.getBytes(StandardCharsets.UTF_8)) + "?=";
    }
}
