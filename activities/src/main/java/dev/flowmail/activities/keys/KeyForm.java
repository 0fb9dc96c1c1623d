package dev.flowmail.activities.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/** What a key's bytes are. */
public enum KeyForm {
    /** 32 random bytes, for HMAC and AES. */
    SECRET("32 bytes") {
        @Override
        void check(byte[] bytes) {
            if (bytes.length != Key.SIZE) {
                throw new IllegalArgumentException("A key is " + Key.SIZE + " bytes long, not " + bytes.length);
            }
        }

        @Override
        byte[] generate() {
            byte[] bytes = new byte[Key.SIZE];
            new SecureRandom().nextBytes(bytes);
            return bytes;
        }
    },
    /** A private key on the curve P-256 as PKCS#8 (RFC 5208), for ES256. */
    SIGNING("PKCS#8") {
        @Override
        void check(byte[] bytes) {
            privateKey(bytes);
        }

        @Override
        byte[] generate() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
                generator.initialize(new ECGenParameterSpec(CURVE));
                return generator.generateKeyPair().getPrivate().getEncoded();
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("This Java has no curve P-256", impossible);
            }
        }
    };

    private static final String ALGORITHM = "EC";
    private static final String CURVE = "secp256r1";
    private static final int BITS = 256;

    private final String description;

    KeyForm(String description) {
        this.description = description;
    }

    /** What stands behind {@code base64 of} in the settings' form. */
    String description() {
        return description;
    }

    /** @throws IllegalArgumentException saying what is wrong, without any of the key */
    abstract void check(byte[] bytes);

    abstract byte[] generate();

    /**
     * Reads a key of the form {@link #SIGNING}.
     *
     * @throws IllegalArgumentException when it is no private key on P-256
     */
    public static ECPrivateKey privateKey(byte[] pkcs8) {
        try {
            if (KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8))
                            instanceof ECPrivateKey key
                    && key.getParams().getOrder().bitLength() == BITS) {
                return key;
            }
        } catch (GeneralSecurityException notPkcs8) {
            // its message tells nothing that helps
        }
        throw new IllegalArgumentException("A signing key is a private EC key on the curve P-256, as PKCS#8");
    }
}
