package dev.flowmail.activities.receipts;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.flowmail.workflows.receipt.MailHashes;
import dev.flowmail.workflows.receipt.ReceiptActivities;
import dev.flowmail.workflows.receipt.ReceiptFacts;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signs receipts as compact JWS (RFC 7515) with ES256. They have no {@code exp}: a receipt tells of a moment, and holds for
 * as long as its key is published.
 */
public final class Receipts implements ReceiptActivities {

    /** The header's {@code typ}. */
    static final JOSEObjectType TYPE = new JOSEObjectType("decision-receipt+jwt");

    /** What a receipt proves, and no more. */
    static final String CLAIM = "A link that was mailed to this mailbox was used. Who used it is not proven.";

    private final @Nullable SigningKeys keys;
    private final URI issuer;

    /**
     * @param keys null: there are no receipts
     * @param issuer Flowmail's public address
     */
    public Receipts(@Nullable SigningKeys keys, URI issuer) {
        this.keys = keys;
        this.issuer = issuer;
    }

    /** The public halves of all keys as a JWK set (RFC 7517); empty where there are no receipts. */
    public JWKSet published() {
        return keys == null ? new JWKSet() : keys.published();
    }

    @Override
    public @Nullable String sign(ReceiptFacts facts) {
        if (keys == null) {
            return null;
        }
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TYPE)
                .keyID(keys.first().getKeyID())
                .build();
        JWSObject receipt = new JWSObject(header, new Payload(JSONObjectUtils.toJSONString(claims(facts))));
        try {
            receipt.sign(new ECDSASigner(keys.first()));
        } catch (JOSEException impossible) {
            throw new IllegalStateException("A receipt cannot be signed", impossible);
        }
        return receipt.serialize();
    }

    private Map<String, Object> claims(ReceiptFacts facts) {
        Claims claims = new Claims()
                .with("iss", issuer.toString())
                .with("jti", facts.decision())
                .with("iat", facts.endedAt().getEpochSecond())
                .with("tenant", facts.tenant())
                .with("state", facts.state())
                .with("status", facts.status());
        if (facts.outcome() != null) {
            claims.with("outcome", facts.outcome().developerName())
                    .with("label", facts.outcome().label());
        }
        return claims.with("decided_by", facts.decidedBy())
                .with("ended_at", facts.endedAt().toString())
                .with("answers", facts.answers().stream().map(Receipts::answer).toList())
                .with("rules", rules(facts.rules()))
                .with("shown", facts.shown().stream().map(Receipts::shown).toList())
                .with("claim", CLAIM)
                .values;
    }

    private static Map<String, Object> answer(ReceiptFacts.Answer answer) {
        return new Claims()
                .with("mailbox", answer.mailbox())
                .with("outcome", answer.outcome())
                .with("at", answer.at().toString())
                .with("method", answer.method())
                .with("comment_sha256", Hashes.ofNullable(answer.comment()))
                .with("seen", answer.seen())
                .values;
    }

    private static Map<String, Object> rules(ReceiptFacts.Rules rules) {
        return new Claims()
                .with("needed", rules.needed())
                .with("veto", rules.veto())
                .with("deadline", rules.deadline().toString())
                .values;
    }

    private static Map<String, Object> shown(ReceiptFacts.Shown shown) {
        return new Claims()
                .with("mailbox", shown.mailbox())
                .with("mails", shown.mails().stream().map(Receipts::mail).toList())
                .values;
    }

    static Map<String, Object> mail(MailHashes mail) {
        List<Map<String, Object>> files = mail.files().stream()
                .map(file -> new Claims().with("name_sha256", file.name()).with("sha256", file.content()).values)
                .toList();
        return new Claims()
                .with("subject_sha256", mail.subject())
                .with("text_sha256", mail.text())
                .with("html_sha256", mail.html())
                .with("files", files)
                .values;
    }

    /** In the order in which they are written; what is null is left out. */
    private static final class Claims {
        private final Map<String, Object> values = new LinkedHashMap<>();

        Claims with(String name, @Nullable Object value) {
            if (value != null) {
                values.put(name, value);
            }
            return this;
        }
    }
}
