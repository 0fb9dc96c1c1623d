package dev.flowmail.templates;

import dev.flowmail.templates.DecisionMail.Link;
import java.text.Bidi;
import java.util.Locale;
import org.jsoup.nodes.Entities;

/**
 * The button of one outcome in a mail. Outlook for Windows, which shows mails by Word, follows links in a cell's text only: it
 * gets a shape (VML) that is a link in all its area, and must be told how large it is and which way its text runs.
 *
 * @param label one line of visible characters
 * @param cssClass of its tone; empty for the brand's own colour
 * @param forOutlook a comment that only Word reads. It is written here and not in the template: Thymeleaf evaluates what is
 *     filled into a comment once more, a caller's label too
 */
public record MailButton(String label, String address, Accent accent, String cssClass, String forOutlook) {

    private static final int LINE = 22;
    private static final int AROUND = 26;

    /** In CSS pixels of bold type at 16, what a line's last word leaves free counted in. */
    private static final int LINE_WIDTH = 430;

    private static final int NARROW_WIDTH = 9;
    private static final int CAPITAL_WIDTH = 12;
    private static final int WIDE_WIDTH = 17;

    /** From here on (Hangul Jamo) scripts are about as wide as they are high. */
    private static final int FIRST_WIDE = 0x1100;

    static MailButton of(Link link, Accent brand) {
        String label = Words.visible(link.label());
        Accent accent = link.tone().accent(brand);
        return new MailButton(
                label,
                link.address(),
                accent,
                link.tone() == Tone.PLAIN ? "" : "fm-" + link.tone().cssClass(),
                forOutlook(label, link.address(), accent.light()));
    }

    private static String forOutlook(String label, String address, String colour) {
        boolean isLeftToRight = new Bidi(label, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight();
        return String.format(
                Locale.ROOT,
                """
                <!--[if mso]><div style="margin:0 0 10px;"><v:roundrect xmlns:v="urn:schemas-microsoft-com:vml"
                xmlns:w="urn:schemas-microsoft-com:office:word" href="%s" style="width:500px;height:%dpx;v-text-anchor:middle;"
                arcsize="19%%" strokecolor="%s" fillcolor="%3$s"><w:anchorlock/><center dir="%s" style="font-family:'Segoe UI',Arial,sans-serif;font-size:16px;line-height:22px;font-weight:700;color:#ffffff;">%s</center></v:roundrect></div><![endif]-->
                """,
                Entities.escape(address),
                AROUND + LINE * lines(label),
                colour,
                isLeftToRight ? "ltr" : "rtl",
                Entities.escape(label));
    }

    /** At least as many as it takes. */
    private static int lines(String label) {
        int width = label.codePoints().map(MailButton::width).sum();
        return Math.max(1, (width + LINE_WIDTH - 1) / LINE_WIDTH);
    }

    private static int width(int character) {
        if (character >= FIRST_WIDE) {
            return WIDE_WIDTH;
        }
        return Character.isUpperCase(character) ? CAPITAL_WIDTH : NARROW_WIDTH;
    }

    /** Says nothing: addresses hold codes. */
    @Override
    public String toString() {
        return "MailButton[...]";
    }
}
