package dev.flowmail.api.commands;

import dev.flowmail.activities.smtp.OperatorsServer;
import dev.flowmail.api.config.OperatorsMail;
import dev.flowmail.api.config.OperatorsMailConfiguration;
import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.FlowmailProperties;
import dev.flowmail.api.settings.NetworkProperties;
import dev.flowmail.api.settings.SettingsCheck;
import dev.flowmail.api.settings.SettingsCheck.Examined;
import java.io.PrintStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** Checks a configuration and says for everything that is wrong how to fix it. Changes nothing. */
@CommandLine.Command(
        name = "doctor",
        header = "Checks a configuration, and says how to fix what is wrong.",
        description = {
            "",
            "Checks what ./flowmail serve would run with, and changes nothing: settings, data directory, Temporal,"
                    + " keys and public address; an attachment store in S3 is tried with a small file, a mail server in"
                    + " spring.mail.* by signing in. Lines begin with \u2713 (well), ! (a warning) or \u2717 (a finding);"
                    + " after -> stands what to do."
        },
        customSynopsis = {
            "./flowmail doctor [--smtp HOST:PORT:TRANSPORT [--username NAME] [--send-to ADDRESS [--from ADDRESS]]]",
            "                  [--oauth2-token-url URL --oauth2-client-id ID [--oauth2-scope SCOPE]]"
        },
        optionListHeading = "%n",
        footer = {
            "",
            "Settings are read as serve reads them: environment, configuration files, --property=value.",
            "Exit code: 0 all is well (warnings included), 1 there are findings, 2 the arguments make no sense."
        })
final class DoctorCommand implements Command {

    @Mixin
    private final SmtpOptions smtp = new SmtpOptions();

    private final Supplier<ConfigurableEnvironment> environments;
    private final Supplier<SSLContext> trusts;
    private final Report report;

    DoctorCommand(Supplier<ConfigurableEnvironment> environments, PrintStream out) {
        this(environments, DoctorCommand::trust, out);
    }

    /** @param trusts whose certificates are trusted */
    DoctorCommand(Supplier<ConfigurableEnvironment> environments, Supplier<SSLContext> trusts, PrintStream out) {
        this.environments = environments;
        this.trusts = trusts;
        this.report = new Report(out);
    }

    private static SSLContext trust() {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException broken) {
            throw new CannotStartException("Java's own list of certificate authorities cannot be read.", broken);
        }
    }

    @Override
    public int run() {
        ConfigurableEnvironment environment = environments.get();
        SSLContext trust = trusts.get();
        Optional<SmtpPlan> mail = SmtpPlan.of(smtp, new SmtpSecrets(environment));
        @Nullable FlowmailProperties settings = settings(environment);
        if (settings != null) {
            boolean isRunning = new DataDirectoryCheck(settings.dataDirectory(), report).run();
            new TemporalCheck(environment, settings, isRunning, report).run();
            new StoreCheck(settings.attachments(), report).run();
            new KeysCheck(environment, settings.dataDirectory(), report).run();
            new PublicAddressCheck(settings.publicUrl(), isRunning, trust, report).run();
        }
        URI greeting = settings == null ? URI.create("http://localhost") : settings.publicUrl();
        NetworkProperties network = settings == null ? new NetworkProperties(List.of(), null) : settings.network();
        if (settings != null && settings.nexus().name().isPresent()) {
            checkWorkflowsMail(environment);
        }
        operatorsServer(environment)
                .map(SmtpPlan::of)
                .ifPresent(plan -> new SmtpCheck(plan, network, greeting, trust, report).run());
        mail.ifPresent(plan -> new SmtpCheck(plan, network, greeting, trust, report).run());
        return report.end();
    }

    private void checkWorkflowsMail(ConfigurableEnvironment environment) {
        if (environment.getProperty("spring.mail.host", "").isBlank()) {
            report.about("Mail server for what workflows ask");
            report.finding(
                    "There is none: FLOWMAIL_NEXUS_ENDPOINT is set, and SPRING_MAIL_HOST is not, so every request is"
                            + " refused.",
                    "Set SPRING_MAIL_HOST, or leave FLOWMAIL_NEXUS_ENDPOINT out.");
        }
    }

    private Optional<OperatorsServer> operatorsServer(ConfigurableEnvironment environment) {
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

    private @Nullable FlowmailProperties settings(ConfigurableEnvironment environment) {
        report.about("Settings");
        Examined examined = SettingsCheck.examine(environment);
        for (CannotStartException mistake : examined.mistakes()) {
            report.finding(String.valueOf(mistake.getMessage()));
        }
        if (examined.mistakes().isEmpty()) {
            report.fine("All settings are valid.");
        }
        if (examined.settings() == null) {
            report.warning("Data directory, Temporal, keys and public address were not checked.", "Fix this first.");
        }
        return examined.settings();
    }
}
