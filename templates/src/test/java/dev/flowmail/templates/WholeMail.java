package dev.flowmail.templates;

import dev.flowmail.templates.DecisionMail.Link;
import java.time.ZonedDateTime;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** A decision mail with the caller's part in its place, as it is sent. */
record WholeMail(
        String language,
        String from,
        String subject,
        @Nullable String text,
        @Nullable String html,
        List<Link> links,
        ZonedDateTime deadline,
        boolean reminder) {

    private static final CallerBodies BODIES = new CallerBodies(Samples.PUBLIC_URL);

    RenderedMail renderedBy(DecisionMails mails) {
        CallerBody body = BODIES.of(text, html);
        RenderedMail around = mails.render(new DecisionMail(
                language,
                from,
                subject,
                body.outline(),
                links,
                deadline,
                reminder ? 1 : 0,
                null,
                Samples.CODE,
                Samples.CHECK));
        return new RenderedMail(
                inserted(around.text(), around.textAt(), body.text()),
                -1,
                inserted(around.html(), around.htmlAt(), body.html()),
                -1,
                around.logo());
    }

    /** Its HTML as programs read it. */
    Document documentBy(DecisionMails mails) {
        return Jsoup.parse(renderedBy(mails).html());
    }

    private static String inserted(String around, int at, String part) {
        return at < 0 ? around : around.substring(0, at) + part + around.substring(at);
    }
}
