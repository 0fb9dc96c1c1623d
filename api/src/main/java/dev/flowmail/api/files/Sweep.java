package dev.flowmail.api.files;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.StoreUnavailableException;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes expired uploads, often enough that their bytes are gone within a minute. */
@Component
@EnableScheduling
final class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final AttachmentStore store;

    Sweep(AttachmentStore store) {
        this.store = store;
    }

    @Scheduled(fixedDelay = 20, timeUnit = TimeUnit.SECONDS)
    void sweep() throws IOException {
        try {
            store.sweep(Instant.now());
        } catch (StoreUnavailableException failure) {
            LOG.warn("Expired uploads cannot be deleted; trying again in 20 s. {}", failure.getMessage());
        }
    }
}
