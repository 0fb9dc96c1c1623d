package dev.flowmail.activities.receipts;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.flowmail.templates.HostileText;
import dev.flowmail.workflows.receipt.MailHashes;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks a receipt against published keys. Needs no network. */
public final class ReceiptCheck {

    private static final String SHOWN = "shown";
    private static final int LONGEST_ID = 100;

    private final Map<String, Object> claims;

    private ReceiptCheck(Map<String, Object> claims) {
        this.claims = claims;
    }

    /**
     * Checks form, type, key and signature.
     *
     * @param receipt a compact JWS; white space around it is ignored
     * @param keys a JWK set
     * @throws ReceiptException saying what is wrong
     */
    public static ReceiptCheck of(String receipt, String keys) throws ReceiptException {
        JWSObject parsed = parse(receipt.strip());
        JWSHeader header = parsed.getHeader();
        if (!Receipts.TYPE.equals(header.getType())) {
            throw new ReceiptException("This is not a decision receipt: its type is not " + Receipts.TYPE + ".");
        }
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) {
            throw new ReceiptException("This receipt is signed with another algorithm than ES256.");
        }
        verify(parsed, key(header.getKeyID(), keys));
        Map<String, Object> claims = parsed.getPayload().toJSONObject();
        if (claims == null) {
            throw new ReceiptException("The receipt's claims are not a JSON object.");
        }
        return new ReceiptCheck(claims);
    }

    private static JWSObject parse(String receipt) throws ReceiptException {
        try {
            return JWSObject.parse(receipt);
        } catch (ParseException | IllegalArgumentException noJws) {
            throw new ReceiptException("This is not a receipt: it is not a compact JWS.");
        }
    }

    private static ECKey key(@Nullable String id, String keys) throws ReceiptException {
        JWKSet set;
        try {
            set = JWKSet.parse(keys);
        } catch (ParseException | IllegalArgumentException noKeys) {
            throw new ReceiptException("The keys are not a JWK set; take the one at /.well-known/jwks.json.");
        }
        if (id != null && set.getKeyByKeyId(id) instanceof ECKey key) {
            return key;
        }
        throw new ReceiptException("None of the keys is the one that signed this receipt (" + shown(id) + ").");
    }

    /** Nobody has signed it yet: as it stands it could write anything on the terminal. */
    private static String shown(@Nullable String id) {
        return id == null
                ? "it names none"
                : HostileText.neutralise(id.substring(0, Math.min(id.length(), LONGEST_ID)));
    }

    private static void verify(JWSObject receipt, ECKey key) throws ReceiptException {
        try {
            if (receipt.verify(new ECDSAVerifier(key))) {
                return;
            }
        } catch (JOSEException unusable) {
            // said below
        }
        throw new ReceiptException("The signature is wrong: the receipt was changed, or another key signed it.");
    }

    /** The receipt's claims, as indented as they were written. */
    public Map<String, Object> claims() {
        return new LinkedHashMap<>(claims);
    }

    /**
     * The mailbox to which this mail was shown.
     *
     * @throws ReceiptException when none of the mails that the receipt tells of has all these hashes; says what differs from the
     *     nearest one
     */
    public String mailbox(MailHashes mail) throws ReceiptException {
        Map<String, Object> given = Receipts.mail(mail);
        List<String> nearest = null;
        try {
            for (Map<String, Object> shown : objects(claims, SHOWN)) {
                for (Map<String, Object> mailed : objects(shown, "mails")) {
                    List<String> different = different(given, mailed);
                    if (different.isEmpty()) {
                        return JSONObjectUtils.getString(shown, "mailbox");
                    }
                    if (nearest == null || different.size() < nearest.size()) {
                        nearest = different;
                    }
                }
            }
        } catch (ParseException malformed) {
            throw new ReceiptException("The receipt does not say what was mailed.");
        }
        throw new ReceiptException(
                nearest == null
                        ? "The receipt does not say what was mailed."
                        : "This is not a mail of this request; it differs in: " + String.join(", ", nearest) + ".");
    }

    private static List<Map<String, Object>> objects(Map<String, Object> of, String name) throws ParseException {
        Map<String, Object>[] objects = JSONObjectUtils.getJSONObjectArray(of, name);
        return objects == null ? List.of() : List.of(objects);
    }

    private static List<String> different(Map<String, Object> one, Map<String, Object> other) {
        List<String> different = new ArrayList<>();
        Map.of("subject_sha256", "subject", "text_sha256", "text", "html_sha256", "HTML", "files", "files")
                .forEach((name, word) -> {
                    if (!Objects.equals(one.get(name), other.get(name))) {
                        different.add(word);
                    }
                });
        different.sort(null);
        return different;
    }
}
