package dev.flowmail.activities.smtp;

import dev.flowmail.activities.attachments.RequestFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Request files in memory, and which requests were forgotten. */
final class MemoryFiles implements RequestFiles {
    final List<String> forgotten = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    MemoryFiles with(String file, String content) {
        return with(file, content.getBytes(StandardCharsets.UTF_8));
    }

    MemoryFiles with(String file, byte[] content) {
        files.put(file, content);
        return this;
    }

    @Override
    public InputStream open(String requestId, String file) throws IOException {
        return new ByteArrayInputStream(bytes(file));
    }

    @Override
    public long size(String requestId, String file) throws IOException {
        return bytes(file).length;
    }

    @Override
    public void forget(String requestId) {
        forgotten.add(requestId);
    }

    private byte[] bytes(String file) throws NoSuchFileException {
        byte[] bytes = files.get(file);
        if (bytes == null) {
            throw new NoSuchFileException(file);
        }
        return bytes;
    }
}
