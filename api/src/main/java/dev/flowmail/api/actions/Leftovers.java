package dev.flowmail.api.actions;

import dev.flowmail.activities.attachments.RequestFiles;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that a repeat has copied for a request that ended before: nobody else will forget them. */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private Leftovers() {}

    static void forget(RequestFiles files, String requestId) {
        try {
            files.forget(requestId);
        } catch (IOException unusable) {
            // the repeat is answered all the same; old folders are swept
            LOG.warn(
                    "Cannot forget the files of {}: {}",
                    requestId,
                    unusable.getClass().getName());
        }
    }
}
