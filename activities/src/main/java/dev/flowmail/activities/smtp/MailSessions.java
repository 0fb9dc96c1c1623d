package dev.flowmail.activities.smtp;

import jakarta.mail.Session;
import java.net.Socket;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The mail library's settings for each kind of sign-in, and the name by which servers are greeted. */
final class MailSessions {

    private final Session byPassword;
    private final Session byToken;
    private final EhloName name;

    /** @param name by which Flowmail greets servers of which the operator says nothing else */
    MailSessions(Dialer dialer, EhloName name) {
        this.byPassword = session(dialer);
        this.byToken = session(dialer);
        byToken.getProperties().setProperty("mail.smtp.auth.mechanisms", SmtpConnection.XOAUTH2);
        this.name = name;
    }

    Session of(Route route) {
        if (route.operators() != null) {
            return route.operators().session();
        }
        return route.server().oauth2() == null ? byPassword : byToken;
    }

    String greeting(Route route, Socket socket) {
        @Nullable
        String given = route.operators() == null ? null : route.operators().greeting();
        return given == null ? name.inGreetings(socket.getLocalAddress()) : given;
    }

    private static Session session(Dialer dialer) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.socketFactory", dialer.tls());
        return session(properties);
    }

    /** What holds for every server is added. */
    static Session session(Properties properties) {
        properties.setProperty("mail.smtp.sendpartial", "true");
        properties.setProperty("mail.smtp.quitwait", "false");
        return Session.getInstance(properties);
    }
}
