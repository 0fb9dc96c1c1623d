package dev.flowmail.api.edge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A certificate authority for tests, made by the JDK's keytool: key stores and a trust store, PKCS #12. */
final class TestAuthority {
    static final String PASSWORD = "changeit";

    private final Path directory;

    TestAuthority(Path directory) throws IOException, InterruptedException {
        this.directory = Files.createDirectories(directory);
        keytool("ca", "-genkeypair", "-keyalg", "EC", "-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c");
        keytool("ca", "-exportcert", "-alias", "ca", "-file", path("ca.crt"));
        keytool("trust", "-importcert", "-noprompt", "-alias", "ca", "-file", path("ca.crt"));
    }

    /** Those who trust this authority. */
    Path trustStore() {
        return directory.resolve("trust.p12");
    }

    /** A key, and a certificate of this authority for a DNS name. */
    Path issue(String name) throws IOException, InterruptedException {
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
    SSLContext client(@Nullable Path keyStore) throws GeneralSecurityException, IOException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(load(trustStore()));
        SSLContext context = SSLContext.getInstance("TLS");
        if (keyStore == null) {
            context.init(null, trust.getTrustManagers(), null);
            return context;
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(keyStore), PASSWORD.toCharArray());
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(file)) {
            store.load(bytes, PASSWORD.toCharArray());
        }
        return store;
    }

    private String path(String file) {
        return directory.resolve(file).toString();
    }

    private void keytool(String store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                // it lives for a moment
                "-J-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", path(store + ".p12")));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException(said);
        }
    }
}
