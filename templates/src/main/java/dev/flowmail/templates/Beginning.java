package dev.flowmail.templates;

/** The beginning of a text that is too long. */
public final class Beginning {
    private Beginning() {}

    /** At most so many characters (UTF-16), without half a surrogate pair at the end. */
    public static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
