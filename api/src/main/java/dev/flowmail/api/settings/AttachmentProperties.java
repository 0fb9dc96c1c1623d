package dev.flowmail.api.settings;

import static dev.flowmail.api.settings.SettingNames.spell;

import java.time.Duration;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The attachment store.
 *
 * @param store where uploads are kept, and what requests need of them: directory, in the data directory, or s3, for
 *     several replicas
 * @param keep how long an uploaded file lives after its upload or last use
 * @param maxSize how large one uploaded or downloaded file may be
 * @param maxPerTenant how much the uploads of one tenant may hold that live at a time
 * @param maxTotal how much all uploads may hold that live at a time
 * @param s3 the bucket of the store s3
 */
public record AttachmentProperties(
        @DefaultValue("directory") Store store,
        @DefaultValue("P2D") Duration keep,
        @DefaultValue("25MB") DataSize maxSize,
        @DefaultValue("5GB") DataSize maxPerTenant,
        @DefaultValue("20GB") DataSize maxTotal,
        @DefaultValue @NestedConfigurationProperty BucketProperties s3) {

    /** Where uploads are kept. */
    public enum Store {
        DIRECTORY,
        /** Several replicas can share it. */
        S3
    }

    public AttachmentProperties {
        Rule.of("flowmail.attachments.keep").requires(keep.toSeconds() >= 1, "must be at least PT1S.");
        Rule.of("flowmail.attachments.max-size").requires(maxSize.toBytes() >= 1, "must be at least 1B.");
        String oneFile = "must be at least as large as " + spell("flowmail.attachments.max-size") + ", one file.";
        Rule.of("flowmail.attachments.max-per-tenant").requires(maxPerTenant.compareTo(maxSize) >= 0, oneFile);
        Rule.of("flowmail.attachments.max-total").requires(maxTotal.compareTo(maxSize) >= 0, oneFile);
    }

    /** Whether several replicas can share the store. */
    public boolean isShared() {
        return store == Store.S3;
    }

    /** @throws CannotStartException when the bucket is set and not used, or used and not set */
    void checkBucket() {
        if (isShared()) {
            s3.requireWhole();
        } else {
            s3.requireUnset();
        }
    }
}
