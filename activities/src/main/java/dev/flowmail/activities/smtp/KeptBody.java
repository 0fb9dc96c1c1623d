package dev.flowmail.activities.smtp;

import dev.flowmail.activities.smtp.Bodies.Picture;
import dev.flowmail.activities.smtp.BodyPart.Opener;
import dev.flowmail.activities.smtp.BodyPart.Piece;
import dev.flowmail.templates.CallerBody;
import dev.flowmail.templates.CallerBody.Outline;
import dev.flowmail.templates.InlinePicture;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A caller's body, ready to be sent: in memory where it is small, else in a file beside the request: its outline, the size of
 * both parts, the text, the HTML, and the pictures.
 */
record KeptBody(Outline outline, BodyPart text, BodyPart html, List<Picture> pictures) {

    /** Of the file's form and of what is made of a body: another one makes the file anew. */
    static final String VERSION = "body 2";

    static KeptBody of(CallerBody body) {
        return new KeptBody(
                body.outline(),
                BodyPart.of(body.text()),
                BodyPart.of(body.html()),
                body.pictures().stream().map(Picture::of).toList());
    }

    /** Whether there is no HTML. */
    boolean isEmpty() {
        return html.size() == 0;
    }

    static void write(CallerBody body, OutputStream file) throws IOException {
        DataOutputStream data = new DataOutputStream(file);
        Outline outline = body.outline();
        data.writeBoolean(outline.isLetter());
        data.writeBoolean(outline.hasText());
        data.writeLong(outline.htmlBytes());
        write(data, outline.styles().getBytes(StandardCharsets.UTF_8));
        write(data, outline.beginning().getBytes(StandardCharsets.UTF_8));
        write(data, BodyPart.canonicalLines(body.text()).getBytes(StandardCharsets.UTF_8));
        write(data, BodyPart.canonicalLines(body.html()).getBytes(StandardCharsets.UTF_8));
        data.writeInt(body.pictures().size());
        for (InlinePicture picture : body.pictures()) {
            data.writeUTF(picture.contentId());
            data.writeUTF(picture.type());
            data.writeUTF(picture.fileName());
            write(data, picture.bytes());
        }
        data.flush();
    }

    private static void write(DataOutputStream data, byte[] bytes) throws IOException {
        data.writeInt(bytes.length);
        data.writeLong(BodyPart.countBeyondAscii(bytes));
        data.write(bytes);
    }

    static KeptBody in(Opener file) throws IOException {
        try (CountingStream counted = new CountingStream(file.open())) {
            DataInputStream data = new DataInputStream(counted);
            boolean isLetter = data.readBoolean();
            boolean hasText = data.readBoolean();
            long htmlBytes = data.readLong();
            Outline outline = new Outline(isLetter, text(data), htmlBytes, hasText, text(data));
            Piece text = piece(data, counted, file);
            Piece html = piece(data, counted, file);
            List<Picture> pictures = new ArrayList<>();
            for (int left = data.readInt(); left > 0; left--) {
                pictures.add(new Picture(data.readUTF(), data.readUTF(), data.readUTF(), piece(data, counted, file)));
            }
            return new KeptBody(
                    outline, new BodyPart(List.of(text)), new BodyPart(List.of(html)), List.copyOf(pictures));
        }
    }

    private static String text(DataInputStream data) throws IOException {
        int size = data.readInt();
        data.readLong();
        return new String(data.readNBytes(size), StandardCharsets.UTF_8);
    }

    private static Piece piece(DataInputStream data, CountingStream counted, Opener file) throws IOException {
        int size = data.readInt();
        long beyondAscii = data.readLong();
        long start = counted.read;
        data.skipNBytes(size);
        return new Piece(size, beyondAscii, () -> new Section(file.open(), start, size));
    }

    /** Knows how far it was read. */
    private static final class CountingStream extends FilterInputStream {
        private long read;

        CountingStream(InputStream file) {
            super(file);
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            read += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = in.read(target, offset, length);
            read += Math.max(0, count);
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(count);
            read += skipped;
            return skipped;
        }
    }

    /** So many bytes of a file. */
    private static final class Section extends FilterInputStream {
        private long left;

        Section(InputStream file, long start, long size) throws IOException {
            super(file);
            file.skipNBytes(start);
            left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(target, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw new EOFException("A kept body ends early");
            }
            left -= read;
            return read;
        }
    }
}
