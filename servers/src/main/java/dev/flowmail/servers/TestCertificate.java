package dev.flowmail.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate.
 *
 * @param keyStore a PKCS #12 file with the password {@link #PASSWORD}
 */
public record TestCertificate(Path keyStore) {
    public static final String PASSWORD = KeyStores.PASSWORD;

    /** Makes a certificate for a DNS name. */
    public static TestCertificate forName(Path directory, String name) {
        Path file = directory.resolve(name + ".p12");
        KeyStores.keytool(
                file,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "server",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:" + name);
        return new TestCertificate(file);
    }

    /** Presents the certificate. */
    public SSLContext server() throws GeneralSecurityException, IOException {
        return KeyStores.context(KeyStores.load(keyStore), null);
    }

    /** Trusts the certificate and no other. */
    public SSLContext client() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", KeyStores.load(keyStore).getCertificate("server"));
        return KeyStores.context(null, trusted);
    }

    /** Private key and certificate, as mail servers want them. */
    public String pem() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStores.load(keyStore);
        return pem("PRIVATE KEY", store.getKey("server", PASSWORD.toCharArray()).getEncoded())
                + pem("CERTIFICATE", store.getCertificate("server").getEncoded());
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what
                + "-----\n";
    }
}
