package dev.flowmail.simulator.engine;

import java.util.Optional;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;

/**
 * One file of an upload.
 *
 * @param name as the person's computer calls it
 * @param type as the browser says; none where it does not
 */
public record FilePart(String name, Optional<MediaType> type, ByteArrayResource content) {

    public static FilePart of(String name, MediaType type, byte[] content) {
        return new FilePart(name, Optional.of(type), new ByteArrayResource(content));
    }
}
