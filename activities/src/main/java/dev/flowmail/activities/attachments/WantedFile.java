package dev.flowmail.activities.attachments;

import org.jspecify.annotations.Nullable;

/**
 * A file that lies elsewhere as a request wants it.
 *
 * @param identity what tells the file from the request's others, e.g. its address; is not written anywhere
 * @param name what to call it
 * @param isNameGiven whether the caller named it; otherwise the name is a guess, and what its place calls it goes before
 * @param mimeType as the caller gave it; null when the caller gave none
 */
public record WantedFile(
        String identity,
        String name,
        boolean isNameGiven,
        @Nullable String mimeType) {

    /** What to call it, now that its place says something of it. */
    String nameOf(RemoteFile.Head head) {
        return isNameGiven ? name : Disposition.of(head.disposition()).name().orElse(name);
    }

    /** The file that was fetched, under its own name: two attachments may have one address. */
    StoredFile as(StoredFile file) {
        String called = isNameGiven ? name : file.name();
        String type = mimeType == null ? file.mimeType() : mimeType;
        return new StoredFile(
                file.file(), FileName.withExtension(called, type), file.mimeType(), file.size(), file.createdAt());
    }

    /** Says nothing: addresses and names stay out of logs. */
    @Override
    public String toString() {
        return "WantedFile[...]";
    }
}
