package dev.flowmail.api.config;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.Limits;
import dev.flowmail.activities.attachments.StoreBucket;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.settings.AttachmentProperties;
import dev.flowmail.api.settings.BucketProperties;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens the attachment store that the settings name. */
public final class AttachmentStores {

    private AttachmentStores() {}

    /**
     * Opens it; nothing is asked of an S3 store yet.
     *
     * @param settings checked before
     * @param directory where the store is, or where files wait for their transfer to S3
     */
    public static AttachmentStore open(AttachmentProperties settings, Path directory, KeyRing keys) throws IOException {
        Limits limits = new Limits(
                settings.maxSize().toBytes(),
                settings.maxPerTenant().toBytes(),
                settings.maxTotal().toBytes());
        InstantSource clock = InstantSource.system();
        return settings.isShared()
                ? AttachmentStore.inBucket(bucket(settings.s3()), directory, keys, limits, settings.keep(), clock)
                : new AttachmentStore(directory, keys, limits, settings.keep(), clock);
    }

    private static StoreBucket bucket(BucketProperties settings) {
        @Nullable URI endpoint = settings.address();
        return new StoreBucket(
                Objects.requireNonNull(settings.bucket()),
                Objects.requireNonNull(settings.region()),
                endpoint,
                settings.accessKey(),
                settings.secretKey(),
                Objects.requireNonNullElse(settings.pathStyle(), endpoint != null));
    }
}
