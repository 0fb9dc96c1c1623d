package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A receipt as docs/receipts.md describes it, read and checked with nothing but the JDK. */
record SignedReceipt(String jws, JsonNode header, JsonNode claims) {

    static SignedReceipt read(String jws) {
        String[] parts = jws.split("\\.", -1);
        return new SignedReceipt(jws, json(parts[0]), json(parts[1]));
    }

    /** Whether the key of this set that the receipt names has signed it (RFC 7515, 7518). */
    boolean isGenuine(JsonNode keys) {
        int end = jws.lastIndexOf('.');
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            for (JsonNode key : keys.path("keys")) {
                if (key.path("kid").equals(header.path("kid"))) {
                    signature.initVerify(publicKey(key));
                    signature.update(jws.substring(0, end).getBytes(US_ASCII));
                    return signature.verify(bytes(jws.substring(end + 1)));
                }
            }
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was mailed to somebody, one entry a mail. */
    JsonNode mailsTo(String mailbox) {
        return claims.path("shown")
                .valueStream()
                .filter(shown -> shown.path("mailbox").asString("").equals(mailbox))
                .findFirst()
                .orElseThrow()
                .path("mails");
    }

    static String hash(byte[] content) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hash(String text) {
        return hash(text.getBytes(UTF_8));
    }

    /** Of a body: each run of white space is one space. */
    static String hashOfBody(String text) {
        return hash(text.strip().replaceAll("\\s+", " "));
    }

    private static PublicKey publicKey(JsonNode key) throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(number(key.path("x")), number(key.path("y")));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger number(JsonNode base64) {
        return new BigInteger(1, bytes(base64.asString()));
    }

    private static JsonNode json(String base64) {
        return JsonMapper.shared().readTree(bytes(base64));
    }

    private static byte[] bytes(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }
}
