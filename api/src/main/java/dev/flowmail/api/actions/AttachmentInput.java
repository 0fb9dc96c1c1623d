package dev.flowmail.api.actions;

import dev.flowmail.activities.attachments.FileName;
import dev.flowmail.activities.flow.MObject;
import dev.flowmail.api.problems.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code $File} of the input {@code Attachments}; it has an id or an address.
 *
 * @param number its number in the list, from 1
 * @param name one path segment; null when the request has none
 * @param mimeType {@code type/subtype}; null when the request has none that could be one
 */
record AttachmentInput(
        int number,
        @Nullable String id,
        @Nullable String name,
        @Nullable String mimeType,
        @Nullable String downloadUri,
        @Nullable String embedUri) {
    private static final int MOST = 50;
    private static final int LONGEST_ID = 1_024;
    private static final Pattern MIME_TYPE = Pattern.compile("[\\w!#$&^.+-]{1,100}/[\\w!#$&^.+-]{1,100}");

    static List<AttachmentInput> of(List<MObject> files) {
        if (files.size() > MOST) {
            throw ProblemException.badInput(
                    "Attachments holds " + files.size() + " files, more than the " + MOST + " that one mail may have.");
        }
        List<AttachmentInput> inputs = new ArrayList<>();
        for (MObject file : files) {
            inputs.add(of(inputs.size() + 1, file));
        }
        return List.copyOf(inputs);
    }

    private static AttachmentInput of(int number, MObject file) {
        AttachmentInput input = new AttachmentInput(
                number,
                file.text("Id").filter(id -> !id.isBlank()).orElse(null),
                file.text("Name").flatMap(AttachmentInput::shownName).orElse(null),
                file.text("Mime Type")
                        .map(String::strip)
                        .filter(MIME_TYPE.asMatchPredicate())
                        .orElse(null),
                file.text("Download Uri").filter(uri -> !uri.isBlank()).orElse(null),
                file.text("Embed Uri").filter(uri -> !uri.isBlank()).orElse(null));
        if (input.id == null && input.downloadUri == null && input.embedUri == null) {
            throw ProblemException.badInput(input.label() + " has neither Id nor Download Uri.");
        }
        if (input.id != null && input.id.length() > LONGEST_ID) {
            throw ProblemException.badInput(input.label() + ": the Id is longer than " + LONGEST_ID + " characters.");
        }
        return input;
    }

    /** A name as a caller gives it: a slash belongs to it, as in {@code Invoice 03/2026.pdf}. */
    private static Optional<String> shownName(String given) {
        return Text.line(given.replace('/', '_').replace('\\', '_')).map(FileName::cut);
    }

    /** What an address or an object's key tells of a file's name: the path's last part. */
    static Optional<String> lastPart(String path) {
        return shownName(path.substring(path.lastIndexOf('/') + 1));
    }

    /** What to call this attachment when something is wrong with it. */
    String label() {
        return "Attachments, file " + number + (name == null ? "" : " (" + name + ")");
    }

    /** The number only. */
    @Override
    public String toString() {
        return "AttachmentInput[" + number + "]";
    }
}
