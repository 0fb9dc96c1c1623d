package dev.flowmail.templates;

/** A picture that travels in a mail and that its HTML refers to (RFC 2392). */
public final class InlinePicture {

    private final String contentId;
    private final String type;
    private final byte[] bytes;

    InlinePicture(String contentId, String type, byte[] bytes) {
        this.contentId = contentId;
        this.type = type;
        this.bytes = bytes.clone();
    }

    /** The name by which the HTML refers to it. */
    public String contentId() {
        return contentId;
    }

    /** The MIME type, e.g. {@code image/png}. */
    public String type() {
        return type;
    }

    /** The name of its file in a mail. */
    public String fileName() {
        return contentId.substring(0, contentId.indexOf('@')) + '.' + type.substring(type.indexOf('/') + 1);
    }

    /** The file. */
    public byte[] bytes() {
        return bytes.clone();
    }
}
