package dev.flowmail.templates;

/**
 * Writes CSS anew so that it can be read with one look at each character and means the same to every reader: no comments, no
 * escapes, every string and {@code url()} closed, nothing that could end a {@code style} element (CSS Syntax Module Level 3,
 * section 4).
 */
final class PlainCss {

    private static final int LONGEST_ESCAPE = 6;

    private final String css;
    private final StringBuilder plain = new StringBuilder();
    private int at;

    private PlainCss(String css) {
        this.css = css;
    }

    static String of(String css) {
        return new PlainCss(css).written();
    }

    private String written() {
        while (at < css.length()) {
            char character = css.charAt(at);
            if (css.startsWith("/*", at)) {
                int end = css.indexOf("*/", at + 2);
                at = end < 0 ? css.length() : end + 2;
                plain.append(' ');
            } else if (CssCharacters.isQuote(character)) {
                string(character);
            } else if (character == '(' && CssCharacters.endsWithUrl(plain)) {
                url();
            } else {
                single(character);
            }
        }
        return plain.toString();
    }

    private void single(char character) {
        at++;
        if (character == '\\') {
            escape();
        } else if (character == '<') {
            plain.append(' ');
        } else {
            plain.append(CssCharacters.visible(character));
        }
    }

    /** What an escape stands for, where that is part of a word; nothing that has a meaning of its own. */
    private void escape() {
        if (at >= css.length() || CssCharacters.isNewline(css.charAt(at))) {
            at++;
            return;
        }
        int digits = at;
        int codePoint = 0;
        while (digits < css.length() && digits < at + LONGEST_ESCAPE && CssCharacters.digit(css.charAt(digits)) >= 0) {
            codePoint = (codePoint << 4) | CssCharacters.digit(css.charAt(digits));
            digits++;
        }
        if (digits == at) {
            codePoint = css.codePointAt(at);
            at += Character.charCount(codePoint);
        } else {
            at = digits < css.length() && Characters.isSpace(css.charAt(digits)) ? digits + 1 : digits;
        }
        plain.appendCodePoint(CssCharacters.isPlain(codePoint) ? codePoint : '_');
    }

    private void string(char quote) {
        plain.append(quote);
        at++;
        while (at < css.length() && css.charAt(at) != quote && !CssCharacters.isNewline(css.charAt(at))) {
            single(css.charAt(at));
        }
        if (at < css.length() && css.charAt(at) == quote) {
            at++;
        }
        plain.append(quote);
    }

    /** A {@code url()} with quotes stays a function; what a broken one holds is dropped. */
    private void url() {
        plain.append('(');
        at++;
        while (at < css.length() && Characters.isSpace(css.charAt(at))) {
            at++;
        }
        if (at < css.length() && CssCharacters.isQuote(css.charAt(at))) {
            return;
        }
        int start = plain.length();
        boolean broken = false;
        while (at < css.length() && css.charAt(at) != ')') {
            char character = css.charAt(at);
            broken |= CssCharacters.isQuote(character) || character == '(';
            if (Characters.isSpace(character)) {
                at++;
            } else {
                single(character);
            }
        }
        if (broken) {
            plain.setLength(start);
        }
        plain.append(')');
        at++;
    }
}
