package dev.flowmail.activities.receipts;

import com.google.crypto.tink.subtle.EllipticCurves;
import com.google.crypto.tink.subtle.EllipticCurves.CurveType;
import com.google.crypto.tink.subtle.EllipticCurves.PointFormatType;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import dev.flowmail.activities.keys.KeyForm;
import dev.flowmail.activities.keys.KeyRing;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.KeyAgreement;

/**
 * The EC keys (P-256) that sign receipts. Each is named by its thumbprint (RFC 7638). The first signs; the public halves of
 * all are published, so that receipts of a key that was rotated away can still be checked.
 */
public final class SigningKeys {

    private static final List<Byte> COMPRESSED = List.of((byte) 2, (byte) 3);

    private final List<ECKey> keys = new ArrayList<>();

    /** @param ring keys of the form {@link KeyForm#SIGNING} */
    public SigningKeys(KeyRing ring) {
        ring.keys().forEach(key -> keys.add(pair(KeyForm.privateKey(key.bytes()))));
    }

    ECKey first() {
        return keys.get(0);
    }

    /** The public halves as a JWK set (RFC 7517). */
    JWKSet published() {
        return new JWKSet(keys.stream().<JWK>map(ECKey::toPublicJWK).toList());
    }

    private static ECKey pair(ECPrivateKey privateKey) {
        try {
            return new ECKey.Builder(Curve.P_256, publicKey(privateKey))
                    .privateKey(privateKey)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint()
                    .build();
        } catch (JOSEException | GeneralSecurityException impossible) {
            throw new IllegalStateException("The public half of a signing key cannot be computed", impossible);
        }
    }

    /**
     * PKCS#8 need not hold the public half. A key agreement with the curve's generator gives its x coordinate; of the two points
     * that have it, the one that verifies a signature is it.
     */
    private static ECPublicKey publicKey(ECPrivateKey privateKey) throws GeneralSecurityException, JOSEException {
        ECParameterSpec curve = privateKey.getParams();
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(privateKey);
        agreement.doPhase(
                KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(curve.getGenerator(), curve)), true);
        byte[] x = agreement.generateSecret();
        JWSObject probe = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload("probe"));
        probe.sign(new ECDSASigner(privateKey));
        for (byte parity : COMPRESSED) {
            byte[] point = ByteBuffer.allocate(1 + x.length).put(parity).put(x).array();
            ECPublicKey candidate =
                    EllipticCurves.getEcPublicKey(CurveType.NIST_P256, PointFormatType.COMPRESSED, point);
            if (probe.verify(new ECDSAVerifier(candidate))) {
                return candidate;
            }
        }
        throw new GeneralSecurityException("Neither point verifies");
    }
}
