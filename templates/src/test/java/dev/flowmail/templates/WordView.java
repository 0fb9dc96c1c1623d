package dev.flowmail.templates;

import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A mail as Outlook for Windows reads it, which shows mails by Word. */
final class WordView {

    /** What other programs see and Word does not. */
    private static final Pattern FOR_OTHERS =
            Pattern.compile("<!--\\[if !mso]><!-->.*?<!--<!\\[endif]-->", Pattern.DOTALL);

    private static final Pattern FOR_WORD = Pattern.compile("<!--\\[if mso]>(.*?)<!\\[endif]-->", Pattern.DOTALL);

    private WordView() {}

    static Document of(String html) {
        return Jsoup.parse(
                FOR_WORD.matcher(FOR_OTHERS.matcher(html).replaceAll("")).replaceAll("$1"));
    }
}
