package dev.flowmail.api.settings;

import static dev.flowmail.api.settings.SettingNames.spell;

import java.net.URI;
import java.util.Optional;
import org.springframework.core.env.Environment;

/** The base of every link that is mailed: what it may be, and what it is when nobody says. */
final class PublicAddress {

    static final String PROPERTY = "flowmail.public-url";

    private PublicAddress() {}

    /**
     * Without a final slash.
     *
     * @throws CannotStartException when it is none, cannot be known, or Flowmail would be open to everybody there
     */
    static String of(Environment environment, ListeningAddress listening) {
        boolean isHidden = listening.address().isLoopbackAddress();
        Optional<String> given =
                Optional.of(environment.getProperty(PROPERTY, "").strip()).filter(text -> !text.isEmpty());
        if (given.isEmpty()) {
            Rule.of(PROPERTY)
                    .requires(
                            isHidden,
                            "is missing: SERVER_ADDRESS (server.address) is not loopback, so Flowmail cannot know by"
                                    + " which address people reach it. Set it to the base of the links that are mailed,"
                                    + " e.g. https://mail.example.com.");
            return "http://localhost:" + listening.port();
        }
        URI url = absolute(given.get());
        if (!hasCredentials(environment) && !(isHidden && Loopback.isHost(url.getHost()))) {
            throw unprotected();
        }
        return given.get().replaceAll("/+$", "");
    }

    private static boolean hasCredentials(Environment environment) {
        return !environment.getProperty("flowmail.auth.username", "").isEmpty()
                || "need".equalsIgnoreCase(ClientCertificates.wanted(environment));
    }

    private static URI absolute(String text) {
        try {
            URI url = URI.create(text);
            boolean isWeb = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (isWeb
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException malformed) {
            // falls through to the one sentence: what was written may hold a password
        }
        throw new CannotStartException(
                spell(PROPERTY) + " must be an absolute http or https address without user, query"
                        + " and fragment, e.g. https://mail.example.com or https://example.com/flowmail.");
    }

    private static CannotStartException unprotected() {
        return new CannotStartException(spell("flowmail.auth.username") + " and " + spell("flowmail.auth.password")
                + " are missing: without them Flowmail starts only when both SERVER_ADDRESS (server.address) and the"
                + " host of " + spell(PROPERTY) + " are loopback. Set both, or require client certificates"
                + " (server.ssl.client-auth=need).");
    }
}
