package dev.flowmail.templates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An organisation's logo. It travels with each mail (RFC 2392, {@code cid:}), since mail programs show neither {@code data:}
 * addresses nor, unasked, pictures from elsewhere; it stands in each page as {@code data:}.
 */
public final class Logo {

    /** Every mail and page carries it. */
    static final int LARGEST = 50_000;

    /** What the big mail programs show; SVG and WebP are not among it. */
    private static final Map<String, String> TYPES =
            Map.of("png", "image/png", "jpeg", "image/jpeg", "gif", "image/gif");

    private static final int MOST_PIXELS = 4_000;
    private static final int HEIGHT = 40;
    private static final int WIDTH = 240;

    private final byte[] bytes;
    private final String type;
    private final int width;
    private final int height;

    private Logo(byte[] bytes, String type, int width, int height) {
        this.bytes = bytes;
        this.type = type;
        this.width = width;
        this.height = height;
    }

    /** @throws BrandException when it is no picture that mail programs show */
    static Logo of(String name, byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new BrandException("logo " + name + " has " + bytes.length + " bytes; at most " + LARGEST
                    + " are possible, since every mail and page carries it. Save it smaller.");
        }
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            @Nullable ImageReader reader = readers.hasNext() ? readers.next() : null;
            @Nullable
            String type =
                    reader == null ? null : TYPES.get(reader.getFormatName().toLowerCase(Locale.ROOT));
            if (reader != null && type != null) {
                reader.setInput(stream);
                return of(name, bytes, type, reader.getWidth(0), reader.getHeight(0));
            }
        } catch (IOException broken) {
            throw new BrandException("logo " + name + " cannot be read as a picture. Save it again as PNG.", broken);
        }
        throw new BrandException(
                "logo " + name + " is not PNG, JPEG or GIF, which alone every mail program shows. Save it as PNG.");
    }

    private static Logo of(String name, byte[] bytes, String type, int width, int height) {
        if (width > MOST_PIXELS || height > MOST_PIXELS) {
            throw new BrandException("logo " + name + " is " + width + " by " + height + " pixels; at most "
                    + MOST_PIXELS + " by " + MOST_PIXELS + " are possible. Save it smaller.");
        }
        double scale = Math.min(1, Math.min((double) HEIGHT / height, (double) WIDTH / width));
        return new Logo(bytes.clone(), type, (int) Math.max(1, Math.round(width * scale)), (int)
                Math.max(1, Math.round(height * scale)));
    }

    /** The name by which a mail's HTML refers to it. */
    public String contentId() {
        return "logo@flowmail";
    }

    /** The MIME type: {@code image/png}, {@code image/jpeg} or {@code image/gif}. */
    public String type() {
        return type;
    }

    /** The name of its file in a mail. */
    public String fileName() {
        return "logo." + type.substring(type.indexOf('/') + 1);
    }

    /** The file. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How wide it is shown, in CSS pixels. */
    public int width() {
        return width;
    }

    /** How high it is shown, in CSS pixels. */
    public int height() {
        return height;
    }

    /** The whole picture as an address. */
    public String dataAddress() {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }
}
