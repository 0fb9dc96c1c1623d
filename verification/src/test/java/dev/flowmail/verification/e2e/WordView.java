package dev.flowmail.verification.e2e;

import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A mail as Outlook for Windows shows it, near enough for a browser: what only Word reads stands, what others read does not;
 * no style sheets, no widest widths, no pictures behind the text, no round corners; each shape is a box of its own size.
 */
final class WordView {
    static final String SHAPE = "a.shape";

    private static final Pattern FOR_OTHERS =
            Pattern.compile("<!--\\[if !mso]><!-->.*?<!--<!\\[endif]-->", Pattern.DOTALL);
    private static final Pattern FOR_WORD = Pattern.compile("<!--\\[if mso]>(.*?)<!\\[endif]-->", Pattern.DOTALL);
    private static final Pattern UNKNOWN_TO_WORD =
            Pattern.compile("(max-width|border-radius|background-image|overflow-wrap|word-break|white-space):[^;]*;?");

    private WordView() {}

    static String of(String html) {
        Document mail = Jsoup.parse(
                FOR_WORD.matcher(FOR_OTHERS.matcher(html).replaceAll("")).replaceAll("$1"));
        mail.outputSettings().prettyPrint(false);
        mail.select("style").remove();
        for (Element styled : mail.select("[style]")) {
            styled.attr("style", UNKNOWN_TO_WORD.matcher(styled.attr("style")).replaceAll(""));
        }
        for (Element shape : mail.select("v|roundrect")) {
            shape.tagName("a").addClass("shape");
            shape.attr(
                    "style",
                    shape.attr("style") + "display:flex;align-items:center;justify-content:center;background:"
                            + shape.attr("fillcolor"));
        }
        return mail.outerHtml();
    }
}
