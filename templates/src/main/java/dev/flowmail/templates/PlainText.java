package dev.flowmail.templates;

import org.jsoup.Jsoup;

/** The text of an HTML body, for the text part of a mail that comes without one. */
public final class PlainText {

    private PlainText() {}

    /** Turns HTML, however broken, into text. */
    public static String of(String html) {
        return Jsoup.parse(html).text();
    }
}
