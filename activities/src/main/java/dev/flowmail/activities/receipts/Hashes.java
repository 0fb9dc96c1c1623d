package dev.flowmail.activities.receipts;

import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** SHA-256 in base64url, as receipts have it. */
final class Hashes {

    private Hashes() {}

    static String of(String text) {
        return encoded(DigestUtils.sha256(text));
    }

    static @Nullable String ofNullable(@Nullable String text) {
        return text == null ? null : of(text);
    }

    /** Of a text as it survives transport: each run of white space counts as one space, and none at its ends. */
    static String ofBody(Reader text) throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        try (Writer words = new OutputStreamWriter(
                new DigestOutputStream(OutputStream.nullOutputStream(), digest), StandardCharsets.UTF_8)) {
            boolean begun = false;
            boolean blank = false;
            for (int character = text.read(); character >= 0; character = text.read()) {
                if (Character.isWhitespace(character)) {
                    blank = begun;
                    continue;
                }
                if (blank) {
                    words.write(' ');
                }
                words.write(character);
                begun = true;
                blank = false;
            }
        }
        return encoded(digest.digest());
    }

    static String of(InputStream content) throws IOException {
        return encoded(DigestUtils.sha256(content));
    }

    private static String encoded(byte[] digest) {
        return Base64URL.encode(digest).toString();
    }
}
