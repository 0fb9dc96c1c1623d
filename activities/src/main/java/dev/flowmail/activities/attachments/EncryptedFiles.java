package dev.flowmail.activities.attachments;

import dev.flowmail.activities.attachments.FileCipher.Content;
import dev.flowmail.activities.attachments.FileCipher.Description;
import dev.flowmail.activities.keys.KeyRing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Single files in a {@link Folder}: encrypted on their way there, with their description, and complete before they have their name. */
final class EncryptedFiles {

    private final FileCipher cipher;
    private final InstantSource clock;

    /** @param keys the first encrypts, all decrypt */
    EncryptedFiles(KeyRing keys, InstantSource clock) {
        this.cipher = new FileCipher(keys);
        this.clock = clock;
    }

    /** A name that says nothing, always the same for the same parts. */
    String fingerprint(String... parts) {
        return cipher.fingerprint(parts);
    }

    /** What is noted of a file that Flowmail itself makes, now. */
    Description description(String name, String mimeType) {
        return new Description(name, mimeType, clock.instant());
    }

    void write(Folder folder, String id, String name, @Nullable String mimeType, InputStream bytes, long limit)
            throws IOException {
        write(folder, id, name, mimeType, bytes.readNBytes(MimeType.BEGINNING), bytes, limit);
    }

    void write(
            Folder folder,
            String id,
            String name,
            @Nullable String mimeType,
            byte[] beginning,
            InputStream bytes,
            long limit)
            throws IOException {
        String safeName = FileName.safe(name);
        String type = MimeType.of(mimeType, beginning, safeName);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(beginning), bytes);
        write(folder, id, new Description(safeName, type, clock.instant()), whole, limit);
    }

    void write(Folder folder, String name, Description description, InputStream bytes, long limit) throws IOException {
        write(folder, name, description, encrypted -> {
            if (!copy(bytes, encrypted, limit)) {
                throw new FileTooLargeException(description.name(), limit);
            }
        });
    }

    /** @param maker writes the content; its own exceptions pass through, and leave nothing behind */
    void write(Folder folder, String name, Description description, RequestFiles.Maker maker) throws IOException {
        folder.write(name, description.createdAt(), file -> {
            OutputStream encrypted = cipher.encrypt(file, name, description);
            maker.write(encrypted);
            // Only a whole content may be completed: a broken-off one must never decrypt.
            encrypted.close();
        });
    }

    /** False, and not all of it is copied, when there is more than the limit. */
    private static boolean copy(InputStream from, OutputStream to, long limit) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long size = 0;
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            size += read;
            if (size > limit) {
                return false;
            }
            to.write(buffer, 0, read);
        }
        return true;
    }

    Content read(Folder folder, String name) throws IOException {
        Folder.Opened file = folder.open(name);
        try {
            return cipher.decrypt(file.bytes(), file.length(), name);
        } catch (IOException | RuntimeException e) {
            file.bytes().close();
            throw e;
        }
    }

    StoredFile describe(String name, Folder folder) throws IOException {
        Content content = read(folder, name);
        content.content().close();
        Description description = content.description();
        return new StoredFile(
                name, description.name(), description.mimeType(), content.size(), description.createdAt());
    }
}
