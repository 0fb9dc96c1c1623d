package dev.flowmail.activities.smtp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A text part of a mail, in UTF-8 and with CR LF for every line end (RFC 2046, 4.1.1): pieces that are read one after the
 * other whenever the mail is written, so that a large one is never held.
 */
record BodyPart(List<Piece> pieces) {

    /**
     * A piece of it.
     *
     * @param size in bytes
     * @param beyondAscii how many of the bytes are no ASCII
     */
    record Piece(long size, long beyondAscii, Opener opener) {

        static Piece of(String text) {
            return of(canonicalLines(text).getBytes(StandardCharsets.UTF_8));
        }

        static Piece of(byte[] bytes) {
            return new Piece(bytes.length, countBeyondAscii(bytes), () -> new ByteArrayInputStream(bytes));
        }
    }

    /** Opens the bytes anew. */
    @FunctionalInterface
    interface Opener {
        InputStream open() throws IOException;
    }

    static BodyPart of(String text) {
        return new BodyPart(List.of(Piece.of(text)));
    }

    /** A text with another part in its place; -1 leaves that out. */
    static BodyPart of(String text, int at, BodyPart inside) {
        if (at < 0) {
            return of(text);
        }
        return new BodyPart(Stream.of(
                        Stream.of(Piece.of(text.substring(0, at))),
                        inside.pieces().stream(),
                        Stream.of(Piece.of(text.substring(at))))
                .flatMap(pieces -> pieces)
                .toList());
    }

    long size() {
        return pieces.stream().mapToLong(Piece::size).sum();
    }

    /** Whether quoted-printable is shorter than base64: it makes three of each byte that is no ASCII. */
    boolean isMostlyAscii() {
        return pieces.stream().mapToLong(Piece::beyondAscii).sum() * 6 <= size();
    }

    InputStream open() throws IOException {
        List<InputStream> streams = new ArrayList<>();
        for (Piece piece : pieces) {
            streams.add(piece.opener().open());
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    static long countBeyondAscii(byte[] bytes) {
        long count = 0;
        for (byte one : bytes) {
            count += one < 0 ? 1 : 0;
        }
        return count;
    }

    /** By hand: a regular expression took 8 % of a decision's CPU. */
    static String canonicalLines(String text) {
        StringBuilder canonical = new StringBuilder(text.length() + text.length() / 16);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\r' || character == '\n') {
                canonical.append("\r\n");
                if (character == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    i++;
                }
            } else {
                canonical.append(character);
            }
        }
        return canonical.toString();
    }
}
