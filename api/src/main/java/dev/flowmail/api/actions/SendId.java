package dev.flowmail.api.actions;

import dev.flowmail.activities.flow.ServiceRequest;
import dev.flowmail.workflows.mail.Mailbox;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ids of plain sends: {@code send-} and 40 hexadecimal digits. A repeat (same tenant, state, token, action and content)
 * has the id of the first; without a token each send is its own.
 */
final class SendId {
    private static final int DIGITS = 40;

    private final MessageDigest digest;

    private SendId() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    static String of(String action, ServiceRequest request, Draft draft) {
        SendId id = new SendId();
        if (request.token() == null || request.token().isEmpty()) {
            return id.add(UUID.randomUUID().toString()).value();
        }
        return id.add(request.tenantId())
                .add(request.stateId())
                .add(request.token())
                .add(action)
                .add(draft)
                .value();
    }

    private SendId add(Draft draft) {
        add(draft.from()).add(draft.to()).add(draft.cc()).add(draft.bcc());
        add(draft.subject()).add(draft.text()).add(draft.html());
        add(draft.attachments().size());
        draft.attachments()
                .forEach(file -> add(file.id())
                        .add(file.name())
                        .add(file.mimeType())
                        .add(file.downloadUri())
                        .add(file.embedUri()));
        return this;
    }

    private SendId add(List<Mailbox> mailboxes) {
        add(mailboxes.size());
        mailboxes.forEach(this::add);
        return this;
    }

    private SendId add(Mailbox mailbox) {
        return add(mailbox.address()).add(mailbox.name());
    }

    /** Lengths keep two mails apart whose parts join to the same text. */
    private SendId add(@Nullable String part) {
        if (part == null) {
            return add(-1);
        }
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        add(bytes.length);
        digest.update(bytes);
        return this;
    }

    private SendId add(int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
        return this;
    }

    private String value() {
        return "send-" + HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), DIGITS / 2));
    }
}
