package dev.flowmail.activities.network;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Reads what far sides write into headers beyond ASCII: UTF-8 where it is that, as browsers do, else ISO 8859-1. */
public final class HeaderText {

    private HeaderText() {}

    /**
     * What a header says.
     *
     * @param header as the HTTP client gives it: a character for each octet
     */
    public static String decode(String header) {
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(header.getBytes(ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return header;
        }
    }
}
