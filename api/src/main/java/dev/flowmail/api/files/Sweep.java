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

/**
 * Deletes expired uploads, often enough that their bytes are gone within a minute, and what requests have left behind that
 * ended without forgetting it. Every replica does: in a shared store too, deleting twice is harmless.
 */
@Component
@EnableScheduling
final class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final AttachmentStore store;
    private final OpenRequests requests;

    Sweep(AttachmentStore store, OpenRequests requests) {
        this.store = store;
        this.requests = requests;
    }

    @Scheduled(fixedDelay = 20, timeUnit = TimeUnit.SECONDS)
    void sweep() throws IOException {
        try {
            store.sweep(Instant.now());
        } catch (StoreUnavailableException failure) {
            LOG.warn("Expired uploads cannot be deleted; trying again in 20 s. {}", failure.getMessage());
        }
    }

    @Scheduled(initialDelay = 10, fixedDelay = 12 * 60, timeUnit = TimeUnit.MINUTES)
    void sweepRequests() throws IOException {
        try {
            store.sweepRequests(Instant.now(), requests::isOpen);
        } catch (StoreUnavailableException failure) {
            LOG.warn("Old requests' files cannot be deleted; trying again in 12 h. {}", failure.getMessage());
        }
    }
}
