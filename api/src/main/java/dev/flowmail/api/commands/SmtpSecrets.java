package dev.flowmail.api.commands;

import java.io.Console;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertyResolver;

/** What signs in to a mail server and is no option, since everybody on a machine can read arguments. */
record SmtpSecrets(PropertyResolver environment) {

    /**
     * The password: SMTP_PASSWORD, else what is typed.
     *
     * @throws UsageException when there is nobody to ask
     */
    // from Java 22 on there is always a console: without a terminal it reads standard input, which is as good
    @SuppressWarnings("SystemConsoleNull")
    String password() {
        @Nullable String set = environment.getProperty("SMTP_PASSWORD");
        if (set != null) {
            return set;
        }
        @Nullable Console console = System.console();
        char @Nullable [] typed = console == null ? null : console.readPassword("Password of the mail server's user: ");
        if (typed == null) {
            throw new UsageException("--username needs a password: set SMTP_PASSWORD.");
        }
        return new String(typed);
    }

    Optional<String> clientSecret() {
        return set("OAUTH2_CLIENT_SECRET");
    }

    Optional<String> refreshToken() {
        return set("OAUTH2_REFRESH_TOKEN");
    }

    private Optional<String> set(String name) {
        return Optional.ofNullable(environment.getProperty(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }
}
