package dev.flowmail.activities.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** Makes certificates for servers of tests. */
public final class TestKeyStore {

    private TestKeyStore() {}

    /** A new key store (PKCS #12, password {@code password}) with a self-signed certificate for a host. */
    public static Path of(String host, Path directory) throws Exception {
        Path keyStore = directory.resolve("flow.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        // it lives for a moment
                        "-J-XX:TieredStopAtLevel=1",
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "SAN=dns:" + host,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "password",
                        "-keystore",
                        keyStore.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        return keyStore;
    }
}
