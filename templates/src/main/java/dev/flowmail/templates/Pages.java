package dev.flowmail.templates;

import dev.flowmail.templates.Page.Confirm;
import dev.flowmail.templates.Page.Home;
import dev.flowmail.templates.Page.Recorded;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Writes the pages that people see in a browser. They need no script, no cookie and nothing from elsewhere; their one style
 * sheet stands in the page, their icon lies beside them. The front page has a script, home.js, which copies an address.
 */
public final class Pages {

    /** How long a comment may be, in characters. */
    public static final int LONGEST_COMMENT = Question.LONGEST_COMMENT;

    /** Path of the icon, which every page names. */
    public static final String ICON = "/favicon.svg";

    private final Brand brand;
    private final String iconAddress;
    private final Question question;
    private final Templates templates;
    private final String stylesheet;
    private final String styleHash;

    /** In Flowmail's own name. */
    public Pages() {
        this(Brand.FLOWMAIL, "");
    }

    /** @param prefix the path below which people see all of Flowmail, e.g. {@code /some/prefix}; may be empty */
    public Pages(Brand brand, String prefix) {
        this(brand, prefix, InstantSource.system());
    }

    Pages(Brand brand, String prefix, InstantSource clock) {
        this.brand = brand;
        this.iconAddress = prefix + ICON;
        this.question = new Question(clock);
        templates = new Templates(brand);
        boolean ownColour = !brand.accent().equals(Accent.FLOWMAIL);
        stylesheet =
                Templates.resource("page.css") + (ownColour ? brand.accent().css() : "") + Tone.css();
        styleHash = "'sha256-" + sha256(stylesheet) + "'";
    }

    /** What {@code style-src} of the Content-Security-Policy needs: {@code 'sha256-...'}, quotes included. */
    public String styleHash() {
        return styleHash;
    }

    /** The icon in the brand's colour, an SVG document. */
    public String icon() {
        return Templates.resource("favicon.svg")
                .replace(Accent.FLOWMAIL.light(), brand.accent().light());
    }

    /** Writes one page, a whole HTML document. */
    public String render(Page page) {
        return render(page, false);
    }

    /** The same, with a link to the receipt where there is one: the page's own address with the query {@code receipt}. */
    public String render(Page page, boolean hasReceipt) {
        Locale locale = brand.locale(page.language());
        Words words = templates.words(locale);
        if (page instanceof Confirm confirm) {
            return render("confirm", locale, "confirm.title", question.model(confirm, words));
        }
        if (page instanceof Home home) {
            return render("home", locale, "home.title", Map.of("page", home));
        }
        Message message = Messages.of(page, words);
        Map<String, Object> model = new HashMap<>(Map.of("message", message, "receipt", hasReceipt));
        if (page instanceof Recorded recorded && recorded.goesOn() && recorded.wayBack() != null) {
            model.put("onward", recorded.wayBack());
        }
        return render("message", locale, message.title(), model);
    }

    private String render(String template, Locale locale, String title, Map<String, Object> model) {
        Map<String, Object> whole = new HashMap<>(model);
        whole.put("title", title);
        whole.put("stylesheet", stylesheet);
        whole.put("icon", iconAddress);
        return templates.render(template, locale, whole);
    }

    private static String sha256(String text) {
        return Base64.getEncoder().encodeToString(DigestUtils.sha256(text));
    }
}
