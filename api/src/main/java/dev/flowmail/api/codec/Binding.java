package dev.flowmail.api.codec;

import com.google.protobuf.ByteString;
import java.util.List;

/**
 * What a payload is encrypted for. It stands in clear beside the ciphertext, so that Temporal's UI and CLI can have it
 * decoded, and is authenticated with it.
 *
 * @param workflowId of the request that it belongs to; empty for what an operator or a plain send wrote
 * @param purpose what it may be used as; empty for anything but an answer
 */
record Binding(String workflowId, String purpose) {

    /** What operators encrypt, and what stands outside of any request. */
    static final Binding NONE = new Binding("", "");

    /** Of an answer to a request: nothing else is obeyed as one. */
    static Binding answer(String workflowId) {
        return new Binding(workflowId, "decide");
    }

    /** What is authenticated along with a payload: these, each with its length, so that no two lists look the same. */
    ByteString authenticated(String what, String keyId) {
        ByteString all = ByteString.EMPTY;
        for (String field : List.of(what, keyId, workflowId, purpose)) {
            ByteString bytes = ByteString.copyFromUtf8(field);
            all = all.concat(ByteString.copyFromUtf8(bytes.size() + ":")).concat(bytes);
        }
        return all;
    }
}
