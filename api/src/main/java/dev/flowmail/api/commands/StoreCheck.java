package dev.flowmail.api.commands;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.config.AttachmentStores;
import dev.flowmail.api.settings.AttachmentProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The attachment store in S3: written to, listed, read and deleted from, with a small file. */
final class StoreCheck {

    private final AttachmentProperties settings;
    private final Report report;

    StoreCheck(AttachmentProperties settings, Report report) {
        this.settings = settings;
        this.report = report;
    }

    void run() {
        if (!settings.isShared()
                || settings.s3().bucket() == null
                || settings.s3().region() == null) {
            return;
        }
        report.about("Attachment store: S3 bucket " + settings.s3().bucket());
        try {
            Path directory = Files.createTempDirectory("flowmail-doctor");
            try (AttachmentStore store =
                    AttachmentStores.open(settings, directory, new KeyRing(List.of(Key.generate())))) {
                store.tryOut();
                report.fine("A file could be written, listed, read and deleted.");
            } finally {
                Files.deleteIfExists(directory.resolve("outgoing"));
                Files.deleteIfExists(directory);
            }
        } catch (IOException | RuntimeException failure) {
            report.finding(
                    String.valueOf(failure.getMessage()),
                    "Check the settings FLOWMAIL_ATTACHMENTS_S3_*, and that the keys or the role may list the bucket"
                            + " and put, get and delete its objects.");
        }
    }
}
