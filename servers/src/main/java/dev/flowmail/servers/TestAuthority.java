package dev.flowmail.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A certificate authority: key stores and a trust store, PKCS #12 with the password {@link #PASSWORD}. */
public final class TestAuthority {
    public static final String PASSWORD = KeyStores.PASSWORD;

    private final Path directory;

    /** In a directory of its own, which is made when it is missing. */
    public TestAuthority(Path directory) {
        try {
            this.directory = Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keytool("ca", "-genkeypair", "-keyalg", "EC", "-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c");
        keytool("ca", "-exportcert", "-alias", "ca", "-file", path("ca.crt"));
        keytool("trust", "-importcert", "-noprompt", "-alias", "ca", "-file", path("ca.crt"));
    }

    /** Those who trust this authority. */
    public Path trustStore() {
        return directory.resolve("trust.p12");
    }

    /** A key, and a certificate of this authority for a DNS name. */
    public Path issue(String name) {
        keytool(name, "-genkeypair", "-keyalg", "EC", "-alias", "own", "-dname", "CN=" + name);
        keytool(name, "-certreq", "-alias", "own", "-file", path(name + ".csr"));
        keytool(
                "ca",
                "-gencert",
                "-alias",
                "ca",
                "-ext",
                "san=dns:" + name,
                "-infile",
                path(name + ".csr"),
                "-outfile",
                path(name + ".crt"));
        keytool(name, "-importcert", "-noprompt", "-alias", "ca", "-file", path("ca.crt"));
        keytool(name, "-importcert", "-alias", "own", "-file", path(name + ".crt"));
        return directory.resolve(name + ".p12");
    }

    /** A client that trusts this authority, with a certificate or without. */
    public SSLContext client(@Nullable Path keyStore) throws GeneralSecurityException, IOException {
        return KeyStores.context(keyStore == null ? null : KeyStores.load(keyStore), KeyStores.load(trustStore()));
    }

    private String path(String file) {
        return directory.resolve(file).toString();
    }

    private void keytool(String store, String... arguments) {
        KeyStores.keytool(directory.resolve(store + ".p12"), arguments);
    }
}
