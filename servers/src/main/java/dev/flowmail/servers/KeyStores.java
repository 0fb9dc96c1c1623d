package dev.flowmail.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** PKCS #12 files with one password, made by the JDK's keytool. */
final class KeyStores {
    static final String PASSWORD = "changeit";

    private KeyStores() {}

    /** Does something to a file, which need not exist. */
    static void keytool(Path file, String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                Jdk.program("keytool"),
                // it lives for a moment
                "-J-XX:TieredStopAtLevel=1"));
        words.addAll(List.of(arguments));
        words.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", file.toString()));
        new Command(words).output();
    }

    static KeyStore load(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(file)) {
            store.load(bytes, PASSWORD.toCharArray());
        }
        return store;
    }

    /** Presents the key of one, where there is one, and trusts the certificates of another; Java's default without. */
    static SSLContext context(@Nullable KeyStore own, @Nullable KeyStore trusted) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own == null ? null : keys(own), trusted == null ? null : trust(trusted), null);
        return context;
    }

    private static KeyManager[] keys(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        return keys.getKeyManagers();
    }

    private static TrustManager[] trust(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust.getTrustManagers();
    }
}
