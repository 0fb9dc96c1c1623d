package dev.flowmail.activities.receipts;

import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SHA-256 in base64url, as receipts have it. */
final class Hashes {

    private Hashes() {}

    static String of(String text) {
        return encoded(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    static @Nullable String ofNullable(@Nullable String text) {
        return text == null ? null : of(text);
    }

    /** Of a text as it survives transport: line ends are LF, and blanks at the ends of lines and of the text do not count. */
    static String ofBody(String text) {
        return of(text.lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"))
                .stripTrailing());
    }

    static String of(InputStream content) throws IOException {
        DigestInputStream digesting = new DigestInputStream(content, digest());
        digesting.transferTo(OutputStream.nullOutputStream());
        return encoded(digesting.getMessageDigest().digest());
    }

    private static String encoded(byte[] digest) {
        return Base64URL.encode(digest).toString();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
