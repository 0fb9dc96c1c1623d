package dev.flowmail.activities.receipts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.JWKSet;
import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyForm;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.workflows.receipt.MailHashes;
import dev.flowmail.workflows.receipt.ReceiptFacts;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ReceiptsTest {

    private static final URI ISSUER = URI.create("https://mail.example.com");
    private static final Instant AT = Instant.parse("2026-11-28T10:00:00.250Z");
    private static final String MAIL = """
            Subject: =?UTF-8?Q?Einkauf_f=C3=BCr_M=C3=BCller?=
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=m

            --m
            Content-Type: multipart/alternative; boundary=a

            --a
            Content-Type: text/plain; charset=UTF-8
            Content-Transfer-Encoding: quoted-printable

            Bitte f=C3=BCr den Ein=
            kauf entscheiden: =20
            --a
            Content-Type: text/html; charset=UTF-8

            <p>Bitte</p>
            --a--
            --m
            Content-Type: application/pdf; name="offer.pdf"
            Content-Disposition: attachment; filename="offer.pdf"
            Content-Transfer-Encoding: base64

            JVBERi0=
            --m--
            """;

    private final KeyRing ring = new KeyRing(List.of(Key.generate(KeyForm.SIGNING)));
    private final Receipts receipts = new Receipts(new SigningKeys(ring), ISSUER);

    @Test
    void aReceiptTellsHowTheRequestEndedAndNeverExpires() throws Exception {
        JWSObject receipt = JWSObject.parse(sign(receipts));

        assertThat(receipt.getHeader().toJSONObject())
                .containsEntry("alg", "ES256")
                .containsEntry("typ", "decision-receipt+jwt")
                .containsKey("kid");
        Map<String, Object> claims =
                check(receipt.serialize(), receipts.published()).claims();
        assertThat(claims)
                .containsEntry("iss", "https://mail.example.com")
                .containsEntry("jti", "decision-abc")
                .containsEntry("iat", AT.getEpochSecond())
                .containsEntry("tenant", "t")
                .containsEntry("state", "s")
                .containsEntry("status", "Decided")
                .containsEntry("outcome", "approve")
                .containsEntry("label", "Approve")
                .containsEntry("claim", Receipts.CLAIM)
                .doesNotContainKey("exp");
        assertThat(String.valueOf(claims.get("answers")))
                .contains("anna@example.com", "button", "comment_sha256")
                .doesNotContain("looks fine");
    }

    @RepeatedTest(20)
    void thePublicHalfOfEveryKeyIsFound() throws Exception {
        assertThat(check(sign(receipts), receipts.published()).claims()).isNotEmpty();
    }

    @Test
    void aChangedByteAForeignKeyAndAnotherTypeAreSaid() throws Exception {
        String receipt = sign(receipts);
        String[] parts = receipt.split("\\.", -1);
        String changed = parts[0] + "." + parts[1].substring(0, 20) + (parts[1].charAt(20) == 'A' ? 'B' : 'A')
                + parts[1].substring(21) + "." + parts[2];

        assertThatThrownBy(() -> check(changed, receipts.published())).hasMessageContaining("signature is wrong");
        Receipts other = new Receipts(new SigningKeys(new KeyRing(List.of(Key.generate(KeyForm.SIGNING)))), ISSUER);
        assertThatThrownBy(() -> check(receipt, other.published())).hasMessageContaining("None of the keys");
        assertThatThrownBy(() -> check("not.a.receipt", receipts.published()))
                .hasMessageContaining("not a compact JWS");
        assertThatThrownBy(() -> ReceiptCheck.of(receipt, "[]")).hasMessageContaining("not a JWK set");
    }

    @Test
    void receiptsOfARotatedKeyAreStillGenuine() throws Exception {
        String before = sign(receipts);
        Receipts after = new Receipts(new SigningKeys(ring.rotated(Key.generate(KeyForm.SIGNING))), ISSUER);

        assertThat(check(before, after.published()).claims()).isNotEmpty();
        assertThat(JWSObject.parse(sign(after)).getHeader().getKeyID())
                .isNotEqualTo(JWSObject.parse(before).getHeader().getKeyID());
    }

    @Test
    void thePublishedKeysHoldNoPrivateHalf() {
        assertThat(receipts.published().toString(true)).doesNotContain("\"d\"").contains("\"kty\":\"EC\"");
    }

    @Test
    void withoutAKeyThereIsNoReceiptAndNothingIsPublished() {
        Receipts none = new Receipts(null, ISSUER);

        assertThat(none.sign(facts(List.of()))).isNull();
        assertThat(none.published().toString()).isEqualTo("{\"keys\":[]}");
    }

    @Test
    void theMailThatWasShownIsKnownHoweverItsLinesEndAndWhateverItsEncoding() throws Exception {
        String receipt = receipts.sign(facts(List.of(hashes(MAIL))));
        ReceiptCheck check = check(Objects.requireNonNull(receipt), receipts.published());
        String reencoded = MAIL.replace(
                        "Content-Transfer-Encoding: quoted-printable", "Content-Transfer-Encoding: 8bit")
                .replace("f=C3=BCr den Ein=\n", "für den Ein")
                .replace("entscheiden: =20", "entscheiden:")
                .replace("\n", "\r\n");

        assertThat(check.mailbox(hashes(MAIL))).isEqualTo("anna@example.com");
        assertThat(check.mailbox(hashes(reencoded))).isEqualTo("anna@example.com");
        assertThatThrownBy(() -> check.mailbox(hashes(MAIL.replace("JVBERi0=", "JVBERj0="))))
                .hasMessageContaining("differs in: files");
        assertThatThrownBy(() -> check.mailbox(hashes(MAIL.replace("<p>Bitte", "<p>Danke"))))
                .hasMessageContaining("differs in: HTML");
    }

    private static ReceiptCheck check(String receipt, JWKSet keys) throws ReceiptException {
        return ReceiptCheck.of(receipt, keys.toString(true));
    }

    private static String sign(Receipts receipts) {
        return Objects.requireNonNull(receipts.sign(facts(List.of())));
    }

    private static MailHashes hashes(String mail) throws Exception {
        return MailHasher.of(new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))));
    }

    private static ReceiptFacts facts(List<MailHashes> mails) {
        return new ReceiptFacts(
                "decision-abc",
                "t",
                "s",
                "Decided",
                new ReceiptFacts.Outcome("approve", "Approve"),
                "anna@example.com",
                AT,
                List.of(new ReceiptFacts.Answer("anna@example.com", "approve", AT, "button", "looks fine", null)),
                new ReceiptFacts.Rules(1, null, AT.plusSeconds(60)),
                List.of(new ReceiptFacts.Shown("anna@example.com", mails)));
    }
}
