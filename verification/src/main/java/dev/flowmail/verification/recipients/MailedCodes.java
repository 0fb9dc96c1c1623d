package dev.flowmail.verification.recipients;

import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.recipient.Page;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** The codes that mails bring, as the English ones say them. */
public final class MailedCodes {
    private static final Pattern STANDING = Pattern.compile("type this one: ([A-Z0-9]{5,8})\\b");
    private static final Pattern FRESH = Pattern.compile("on the page: ([0-9]{6})\\b");

    private MailedCodes() {}

    /** The one that stands in every decision mail; empty in other mails. */
    public static Optional<String> standing(ReceivedMail mail) {
        return first(STANDING, mail.text());
    }

    /** The one that a page has had mailed; empty where a plain text brings none. */
    public static Optional<String> fresh(String text) {
        return first(FRESH, text);
    }

    /** What is submitted on a page that asks for a code: its first button, and the code. */
    public static Map<String, String> fields(Page asking, String code) {
        Element button = asking.form().expectFirst("button[name]");
        return Map.of("code", code, button.attr("name"), button.attr("value"));
    }

    private static Optional<String> first(Pattern code, String text) {
        return code.matcher(text).results().map(found -> found.group(1)).findFirst();
    }
}
