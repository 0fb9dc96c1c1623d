package dev.flowmail.api.wiring;

import dev.flowmail.api.config.DataDirectory;
import dev.flowmail.api.config.KeyRings;
import dev.flowmail.api.settings.DerivedSettings;
import dev.flowmail.api.settings.FlowmailProperties;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Says once what runs where, and at last that it is ready. */
final class StartLog implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(StartLog.class);

    private final FlowmailProperties settings;
    private final DataDirectory directory;
    private final KeyRings keys;
    private final boolean drained;
    private final Environment environment;
    private final Consumer<Runnable> whenTasksAreTaken;

    StartLog(
            FlowmailProperties settings,
            DataDirectory directory,
            KeyRings keys,
            boolean drained,
            Environment environment,
            Consumer<Runnable> whenTasksAreTaken) {
        this.settings = settings;
        this.directory = directory;
        this.keys = keys;
        this.drained = drained;
        this.environment = environment;
        this.whenTasksAreTaken = whenTasksAreTaken;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        boolean isEmbedded = environment.getRequiredProperty(DerivedSettings.EMBEDDED, Boolean.class);
        LOG.info(
                "Listening on    {}:{}",
                environment.getProperty("server.address"),
                environment.getProperty("local.server.port"));
        LOG.info("Public address  {}", settings.publicUrl());
        LOG.info("Connector URL   {}/api/email/1", settings.publicUrl());
        LOG.info(
                "Temporal        {}, namespace {}{}",
                environment.getProperty("spring.temporal.connection.target"),
                environment.getProperty("spring.temporal.namespace"),
                isEmbedded ? ", UI http://localhost:" + settings.temporal().uiPort() : "");
        LOG.info("Data directory  {}", directory.path());
        if (keys.receipts() == null) {
            LOG.info("Receipts        none: FLOWMAIL_KEYS_RECEIPTS is not set; make a key with ./flowmail keys");
        }
        if (drained) {
            LOG.warn("Drained: new requests are answered 503 until ./flowmail drain --undo");
        }
        whenTasksAreTaken.accept(() -> LOG.info("Ready: {}", settings.publicUrl()));
    }
}
