package dev.flowmail.activities.smtp;

import dev.flowmail.activities.smtp.BodyPart.Opener;
import dev.flowmail.activities.smtp.BodyPart.Piece;
import dev.flowmail.templates.CallerBody;
import dev.flowmail.templates.CallerBody.Outline;
import dev.flowmail.templates.InlinePicture;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.input.BoundedInputStream;

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
        try (BoundedInputStream counted =
                BoundedInputStream.builder().setInputStream(file.open()).get()) {
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

    private static Piece piece(DataInputStream data, BoundedInputStream counted, Opener file) throws IOException {
        int size = data.readInt();
        long beyondAscii = data.readLong();
        long start = counted.getCount();
        data.skipNBytes(size);
        return new Piece(size, beyondAscii, () -> new Section(file.open(), start, size));
    }
}
