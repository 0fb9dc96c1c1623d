package dev.flowmail.activities.links;

import dev.flowmail.workflows.mail.Question.Comments;
import java.nio.ByteBuffer;

/** What a code says, as bytes: all of it but what its version adds, and the signature. */
final class LinkForm {

    /** Added to the number of the comments: an earlier release knows no such code and answers none. */
    private static final byte ASKS_FOR_CODE = 3;

    static final int SIZE = 1 + DecisionLink.DIGEST_SIZE + Short.BYTES + 4;

    private LinkForm() {}

    /** @param size {@link #SIZE}, or more where something follows */
    static ByteBuffer body(byte version, int size, DecisionLink link) {
        return ByteBuffer.allocate(size)
                .put(version)
                .put(link.digest())
                .putShort((short) link.recipient())
                .put((byte) link.generation())
                .put((byte) link.outcome())
                .put((byte) link.outcomes())
                .put((byte) (number(link.comments()) + (link.asksForCode() ? ASKS_FOR_CODE : 0)));
    }

    static DecisionLink link(byte[] body) {
        ByteBuffer buffer = ByteBuffer.wrap(body, 1, SIZE - 1);
        byte[] digest = new byte[DecisionLink.DIGEST_SIZE];
        buffer.get(digest);
        boolean asksForCode = body[SIZE - 1] >= ASKS_FOR_CODE;
        return new DecisionLink(
                DecisionLink.workflowId(digest),
                Short.toUnsignedInt(buffer.getShort()),
                Byte.toUnsignedInt(buffer.get()),
                Byte.toUnsignedInt(buffer.get()),
                Byte.toUnsignedInt(buffer.get()),
                comments((byte) (asksForCode ? body[SIZE - 1] - ASKS_FOR_CODE : body[SIZE - 1])),
                asksForCode);
    }

    private static byte number(Comments comments) {
        return switch (comments) {
            case OFF -> 0;
            case OPTIONAL -> 1;
            case REQUIRED -> 2;
        };
    }

    private static Comments comments(byte number) {
        return switch (number) {
            case 0 -> Comments.OFF;
            case 1 -> Comments.OPTIONAL;
            case 2 -> Comments.REQUIRED;
            default -> throw new IllegalStateException("A signed code has the comment mode " + number);
        };
    }
}
