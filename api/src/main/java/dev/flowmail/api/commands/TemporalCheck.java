package dev.flowmail.api.commands;

import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.DerivedSettings;
import dev.flowmail.api.settings.FlowmailProperties;
import dev.flowmail.api.settings.ListeningAddress;
import dev.flowmail.api.temporal.TemporalFacts;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import org.springframework.core.env.ConfigurableEnvironment;

/** The Temporal server: that of the settings, or what is needed to run one. */
final class TemporalCheck {

    private final ConfigurableEnvironment environment;
    private final FlowmailProperties settings;
    private final boolean isRunning;
    private final Report report;
    private final String target;
    private final String namespace;
    private final boolean isEmbedded;

    /** @param isRunning whether a Flowmail, and so the embedded server, runs in the data directory */
    TemporalCheck(ConfigurableEnvironment environment, FlowmailProperties settings, boolean isRunning, Report report) {
        this.environment = environment;
        this.settings = settings;
        this.isRunning = isRunning;
        this.report = report;
        this.target = environment.getRequiredProperty("spring.temporal.connection.target");
        this.namespace = environment.getRequiredProperty("spring.temporal.namespace");
        this.isEmbedded = environment.getRequiredProperty(DerivedSettings.EMBEDDED, Boolean.class);
    }

    void run() {
        report.about("Temporal " + target + (isEmbedded ? " (embedded)" : ", namespace " + namespace));
        if (!isEmbedded) {
            checkServer();
        } else if (!isRunning) {
            checkCli();
            checkPorts();
        } else {
            checkEmbedded();
        }
    }

    private void checkServer() {
        try {
            judge();
        } catch (CannotStartException wrong) {
            report.finding(String.valueOf(wrong.getMessage()));
        } catch (StatusRuntimeException failure) {
            refused(failure);
        }
    }

    private void checkEmbedded() {
        try {
            judge();
        } catch (CannotStartException | StatusRuntimeException silent) {
            report.warning(
                    "Flowmail runs, but its Temporal does not answer at " + target + ".",
                    "Wait when it has just been started. Else call this with the settings that it was started with,"
                            + " or read temporal.log in the data directory.");
            checkCli();
        }
    }

    private void judge() {
        new TemporalFactsCheck(namespace, isEmbedded, report)
                .judge(TemporalFacts.ask(environment, settings.nexus().name()));
    }

    private void checkCli() {
        try {
            report.fine("Temporal CLI "
                    + TemporalFacts.checkCli(
                            settings.temporal(),
                            settings.dataDirectory().toAbsolutePath().normalize()) + ".");
        } catch (CannotStartException missing) {
            report.finding(String.valueOf(missing.getMessage()));
        } catch (IOException failure) {
            report.finding(
                    "What is recorded about Temporal in the data directory cannot be read.",
                    "Run this as the user that Flowmail runs as.");
        }
    }

    private void checkPorts() {
        try {
            TemporalFacts.checkPorts(
                    settings.temporal(),
                    settings.dataDirectory().toAbsolutePath().normalize());
            ListeningAddress.of(environment).requireFree();
            report.fine("The ports " + settings.temporal().port() + ", "
                    + settings.temporal().uiPort() + " and " + environment.getProperty("server.port") + " are free.");
        } catch (CannotStartException taken) {
            report.finding(String.valueOf(taken.getMessage()));
        } catch (IOException failure) {
            // said of the CLI already
            report.warning("The ports were not checked.", "See above.");
        }
    }

    private void refused(StatusRuntimeException failure) {
        String why = failure.getStatus().getCode() + ": " + TemporalFacts.rootMessage(failure);
        Status.Code code = failure.getStatus().getCode();
        if (code == Status.Code.UNAUTHENTICATED || code == Status.Code.PERMISSION_DENIED) {
            report.finding(
                    "It does not let Flowmail in (" + why + ").",
                    "Check TEMPORAL_API_KEY or the client certificate (spring.temporal.connection.mtls.*), and what it"
                            + " may do in the namespace " + namespace + ".");
        } else if (code == Status.Code.UNIMPLEMENTED) {
            report.finding(
                    "What answers there is not a Temporal front end (" + why + ").", "Correct TEMPORAL_ADDRESS.");
        } else {
            report.finding(
                    "It cannot be reached (" + why + ").",
                    "Start it, correct TEMPORAL_ADDRESS, or open the way to it. A server that wants TLS needs"
                            + " TEMPORAL_API_KEY or spring.temporal.connection.mtls.*.");
        }
    }
}
