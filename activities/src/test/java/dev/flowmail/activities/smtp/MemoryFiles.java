package dev.flowmail.activities.smtp;

import dev.flowmail.activities.attachments.RemoteFile;
import dev.flowmail.activities.attachments.RequestFiles;
import dev.flowmail.activities.attachments.StoredFile;
import dev.flowmail.activities.attachments.WantedFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.tika.Tika;
import org.jspecify.annotations.Nullable;

/** Request files in memory, and which requests were forgotten. */
final class MemoryFiles implements RequestFiles {
    final List<String> forgotten = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, Long> generatedSizes = new ConcurrentHashMap<>();
    private final Tika tika = new Tika();
    private final AtomicLong generated = new AtomicLong();

    MemoryFiles with(String file, String content) {
        return with(file, content.getBytes(StandardCharsets.UTF_8));
    }

    MemoryFiles with(String file, byte[] content) {
        files.put(file, content);
        return this;
    }

    /** A file of zeroes, made while it is read. */
    MemoryFiles generating(String file, long size) {
        generatedSizes.put(file, size);
        return this;
    }

    /** How many bytes of such files were read. */
    long generated() {
        return generated.get();
    }

    @Override
    public InputStream open(String requestId, String file) throws IOException {
        Long size = generatedSizes.get(file);
        if (size != null) {
            return new Zeroes(size);
        }
        return new ByteArrayInputStream(bytes(file));
    }

    @Override
    public StoredFile describe(String requestId, String file) throws IOException {
        Long size = generatedSizes.get(file);
        return size == null ? file(file, file, null) : new StoredFile(file, file, "text/x-zeroes", size, Instant.EPOCH);
    }

    @Override
    public StoredFile fetch(String requestId, WantedFile wanted, RemoteFile remote) throws IOException {
        String identity = wanted.identity();
        String[] type = new String[1];
        if (!files.containsKey(identity)) {
            remote.fetch((head, bytes) -> {
                type[0] = head.mimeType();
                files.put(identity, bytes.readAllBytes());
            });
        }
        StoredFile file = file(identity, wanted.name(), type[0]);
        return new StoredFile(identity, wanted.name(), file.mimeType(), file.size(), Instant.EPOCH);
    }

    @Override
    public String make(String requestId, String identity, Maker maker) throws IOException {
        if (!files.containsKey(identity)) {
            ByteArrayOutputStream made = new ByteArrayOutputStream();
            maker.write(made);
            files.put(identity, made.toByteArray());
        }
        return identity;
    }

    private StoredFile file(String file, String name, @Nullable String mimeType) throws IOException {
        byte[] bytes = bytes(file);
        String found = mimeType == null ? tika.detect(bytes, name) : mimeType;
        return new StoredFile(file, name, found, bytes.length, Instant.EPOCH);
    }

    @Override
    public void forget(String requestId) {
        forgotten.add(requestId);
    }

    private final class Zeroes extends InputStream {
        private long left;

        Zeroes(long size) {
            left = size;
        }

        @Override
        public int read() {
            if (left == 0) {
                return -1;
            }
            left--;
            generated.incrementAndGet();
            return 0;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int read = (int) Math.min(left, length);
            Arrays.fill(buffer, offset, offset + read, (byte) 0);
            left -= read;
            generated.addAndGet(read);
            return read;
        }
    }

    private byte[] bytes(String file) throws NoSuchFileException {
        byte[] bytes = files.get(file);
        if (bytes == null) {
            throw new NoSuchFileException(file);
        }
        return bytes;
    }
}
