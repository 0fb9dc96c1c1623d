package dev.flowmail.api.files;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.FileTooLargeException;
import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.api.problems.ProblemException;
import org.springframework.http.HttpStatus;

/**
 * How much one upload may hold.
 *
 * @param file bytes of one file
 * @param files bytes of all its files together
 */
record UploadLimits(long file, long files) {

    /** As many as one mail may have. */
    static final int MOST_FILES = 50;

    static final int MOST_OTHER_PARTS = 20;
    private static final int ROOM_FOR_THE_REST = 1024 * 1024;

    static UploadLimits of(AttachmentStore store) {
        return new UploadLimits(store.maxSize(), Math.max(store.maxSize(), AttachmentStore.LARGEST_TOTAL));
    }

    /** Bytes of the whole body. */
    long body() {
        return files + FlowJson.LARGEST_BODY + ROOM_FOR_THE_REST;
    }

    /** 413 for an upload that holds more. */
    ProblemException exceeded() {
        return exceeded("The upload");
    }

    /** 413 for an upload that announces more. */
    ProblemException exceededWith(String file) {
        return exceeded("The upload with the file " + FileTooLargeException.shown(file));
    }

    private ProblemException exceeded(String what) {
        return tooLarge(what + " is too large: one file may have " + FileTooLargeException.words(file)
                + ", all files of an upload " + FileTooLargeException.words(files) + " together.");
    }

    static ProblemException tooManyFiles() {
        return ProblemException.badInput("The upload has more than " + MOST_FILES + " files: send fewer at a time.");
    }

    static ProblemException tooLarge(String message) {
        return new ProblemException(HttpStatus.CONTENT_TOO_LARGE, message);
    }
}
