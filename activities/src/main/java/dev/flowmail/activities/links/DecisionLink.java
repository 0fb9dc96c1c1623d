package dev.flowmail.activities.links;

import dev.flowmail.workflows.mail.Question.Comments;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What a decision link says, signed: all that it takes to tell nonsense from an answer without asking Temporal.
 *
 * @param workflowId {@code decision-} and 40 lowercase hexadecimal digits; never a run id, so that links survive a reset
 * @param recipient the recipient's index in the request, 0 to 65,535
 * @param generation which holder of that index the link was mailed to, 0 to 255
 * @param outcome index of the outcome that the link names, 0 to 254
 * @param outcomes how many outcomes there are, 1 to 255
 * @param comments whether the page asks for a comment
 * @param asksForCode whether an answer without a code may be none, so that a submission looks first how the request stands
 */
public record DecisionLink(
        String workflowId,
        int recipient,
        int generation,
        int outcome,
        int outcomes,
        Comments comments,
        boolean asksForCode) {

    static final int DIGEST_SIZE = 20;
    private static final String PREFIX = "decision-";
    private static final Pattern WORKFLOW_ID = Pattern.compile(PREFIX + "[0-9a-f]{" + 2 * DIGEST_SIZE + "}");

    /** @throws IllegalArgumentException when a value is out of its range */
    public DecisionLink {
        if (!WORKFLOW_ID.matcher(workflowId).matches()) {
            throw new IllegalArgumentException("Not the id of a decision: " + workflowId);
        }
        requireRange("recipient", recipient, 0, 65_535);
        requireRange("generation", generation, 0, 255);
        requireRange("outcomes", outcomes, 1, 255);
        requireRange("outcome", outcome, 0, outcomes - 1);
    }

    /** A link to a page that asks for a code only where a submission looks automatic. */
    public DecisionLink(
            String workflowId, int recipient, int generation, int outcome, int outcomes, Comments comments) {
        this(workflowId, recipient, generation, outcome, outcomes, comments, false);
    }

    /** The id that the first release gave to the workflow of a request: the same for whatever was asked with one token. */
    public static String earlierWorkflowId(String tenantId, String token) {
        byte[] tenant = tenantId.getBytes(StandardCharsets.UTF_8);
        byte[] secret = token.getBytes(StandardCharsets.UTF_8);
        // lengths keep two requests apart whose tenant and token join to the same text
        ByteBuffer text = ByteBuffer.allocate(2 * Integer.BYTES + tenant.length + secret.length)
                .putInt(tenant.length)
                .put(tenant)
                .putInt(secret.length)
                .put(secret);
        return workflowId(Arrays.copyOf(DigestUtils.sha256(text.array()), DIGEST_SIZE));
    }

    /** The id of a workflow by the 20 bytes of its digest. */
    public static String workflowId(byte[] digest) {
        return PREFIX + HexFormat.of().formatHex(digest);
    }

    /** Names whom the link was mailed to: the same for all links of one recipient of one request. */
    public String holder() {
        return workflowId + "/" + recipient + "." + generation;
    }

    byte[] digest() {
        return HexFormat.of().parseHex(workflowId.substring(PREFIX.length()));
    }

    private static void requireRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", not " + least + " to " + most);
        }
    }
}
