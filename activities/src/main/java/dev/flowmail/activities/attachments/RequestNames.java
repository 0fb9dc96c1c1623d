package dev.flowmail.activities.attachments;

import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;

/** Ids of requests, and names of files in their folders, of the shapes that Flowmail makes: nothing else reaches the store. */
final class RequestNames {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,100}");

    private RequestNames() {}

    static void require(String requestId) {
        if (!isName(requestId)) {
            throw new IllegalArgumentException("A request id consists of 1 to 100 of a-z, 0-9 and -");
        }
    }

    static void requireFile(String requestId, String file) throws NoSuchFileException {
        if (!isName(requestId) || !isName(file)) {
            throw new NoSuchFileException("a file of a request");
        }
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }
}
