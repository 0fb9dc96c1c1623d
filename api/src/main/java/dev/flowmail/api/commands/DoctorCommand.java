package dev.flowmail.api.commands;

import dev.flowmail.activities.smtp.OperatorsServer;
import dev.flowmail.api.config.CannotStartException;
import dev.flowmail.api.config.FlowmailProperties;
import dev.flowmail.api.config.OperatorsMail;
import dev.flowmail.api.config.OperatorsMailConfiguration;
import dev.flowmail.api.config.SettingsCheck;
import dev.flowmail.api.config.SettingsCheck.Examined;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/** Checks a configuration and says for everything that is wrong how to mend it. Changes nothing. */
final class DoctorCommand {

    static final Set<String> FLAGS = Set.of();
    static final Set<String> VALUED = Set.of(
            "--smtp",
            "--username",
            "--send-to",
            "--from",
            "--oauth2-token-url",
            "--oauth2-client-id",
            "--oauth2-scope");

    static final String HELP = """
            Usage: ./flowmail doctor [--smtp HOST:PORT:TRANSPORT [--username NAME] [--send-to ADDRESS [--from ADDRESS]]]
                                     [--oauth2-token-url URL --oauth2-client-id ID [--oauth2-scope SCOPE]]

            Checks what ./flowmail serve would run with, and changes nothing: settings, data directory, Temporal, keys and
            public address; an attachment store in S3 is tried with a small file, a mail server in spring.mail.* by
            signing in. Lines begin with ✓ (well), ! (a warning)
            or ✗ (a finding); after -> stands what to do.

              --smtp HOST:PORT:TRANSPORT   check a mail server too, as Flowmail would use it; TRANSPORT is plain, tls
                                           (STARTTLS) or ssl, as in Flow's configuration values
              --username NAME              sign in; the password is taken from SMTP_PASSWORD, else asked for
              --send-to ADDRESS            send a test mail to this address
              --from ADDRESS               its author; NAME when not given
              --oauth2-token-url URL, --oauth2-client-id ID, --oauth2-scope SCOPE
                                           sign in by OAuth2 instead of a password, as with Flow's OAuth2 values; the
                                           secrets are taken from OAUTH2_CLIENT_SECRET and OAUTH2_REFRESH_TOKEN

            Settings are read as serve reads them: environment, configuration files, --property=value.
            Exit code: 0 all is well (warnings included), 1 there are findings, 2 the arguments make no sense.
            """;

    private final ConfigurableEnvironment environment;
    private final SSLContext trust;
    private final Report report;

    /** @param trust whose certificates are trusted */
    DoctorCommand(ConfigurableEnvironment environment, SSLContext trust, PrintStream out) {
        this.environment = environment;
        this.trust = trust;
        this.report = new Report(out);
    }

    /** Returns the exit code. */
    int run(Arguments arguments) {
        Optional<SmtpCheck.Plan> mail = SmtpCheck.plan(arguments, environment);
        @Nullable FlowmailProperties settings = settings();
        if (settings != null) {
            boolean isRunning = new DataDirectoryCheck(settings.dataDirectory(), report).run();
            new TemporalCheck(environment, settings, isRunning, report).run();
            new StoreCheck(settings.attachments(), report).run();
            new KeysCheck(environment, settings.dataDirectory(), report).run();
            new PublicAddressCheck(settings.publicUrl(), isRunning, trust, report).run();
        }
        URI greeting = settings == null ? URI.create("http://localhost") : settings.publicUrl();
        List<String> allowed = settings == null ? List.of() : settings.network().allow();
        operatorsServer()
                .map(SmtpCheck::plan)
                .ifPresent(plan -> new SmtpCheck(plan, allowed, greeting, trust, report).run());
        mail.ifPresent(plan -> new SmtpCheck(plan, allowed, greeting, trust, report).run());
        return report.end();
    }

    private Optional<OperatorsServer> operatorsServer() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.setEnvironment(environment);
            context.register(SslAutoConfiguration.class, OperatorsMailConfiguration.class);
            context.refresh();
            return context.getBean(OperatorsMail.class).set();
        } catch (BeansException mistake) {
            report.finding("The settings spring.mail.* are not valid.", "serve says what is wrong with them.");
            return Optional.empty();
        }
    }

    private @Nullable FlowmailProperties settings() {
        report.about("Settings");
        Examined examined = SettingsCheck.examine(environment);
        for (CannotStartException mistake : examined.mistakes()) {
            report.finding(String.valueOf(mistake.getMessage()));
        }
        if (examined.mistakes().isEmpty()) {
            report.fine("Every setting is understood.");
        }
        if (examined.settings() == null) {
            report.warning("Data directory, Temporal, keys and public address were not checked.", "Mend this first.");
        }
        return examined.settings();
    }
}
