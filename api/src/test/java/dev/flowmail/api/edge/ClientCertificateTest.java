package dev.flowmail.api.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.flowmail.api.wire.WireTest;
import dev.flowmail.servers.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Over real TLS, with certificates of an authority of our own. */
@Execution(CONCURRENT)
class ClientCertificateTest {
    private static final String METADATA = "/api/email/1/metadata";
    private static final TestAuthority OURS = authority("ours");
    private static final TestAuthority FOREIGN = authority("foreign");
    private static final Path SERVER = OURS.issue("localhost");

    @Nested
    @WireTest
    @TestPropertySource(properties = "server.ssl.client-auth=need")
    class Needed {
        @LocalServerPort
        private int port;

        @DynamicPropertySource
        static void speakTls(DynamicPropertyRegistry properties) {
            tls(properties);
        }

        @Test
        void whoeverShowsOneOfOursIsLetInUnderEveryName() throws Exception {
            assertThat(post(port, OURS.issue("engine"), METADATA)).isEqualTo(200);
            assertThat(post(port, OURS.issue("other"), METADATA, "X-Forwarded-Host", "flow.example"))
                    .isEqualTo(200);
        }

        @Test
        void whoeverShowsNoneOrAForeignOneIsNot() throws Exception {
            Path foreign = FOREIGN.issue("stranger");

            assertThatIOException().isThrownBy(() -> post(port, null, METADATA));
            assertThatIOException().isThrownBy(() -> post(port, foreign, METADATA));
        }
    }

    @Nested
    @WireTest
    @TestPropertySource(
            properties = {"server.ssl.client-auth=want", "flowmail.auth.username=flow", "flowmail.auth.password=secret"
            })
    class Wanted {
        @LocalServerPort
        private int port;

        @DynamicPropertySource
        static void speakTls(DynamicPropertyRegistry properties) {
            tls(properties);
        }

        @Test
        void aCertificateStandsForTheLoginAndRecipientsNeedNeither() throws Exception {
            assertThat(post(port, OURS.issue("caller"), METADATA)).isEqualTo(200);
            assertThat(post(port, null, METADATA)).isEqualTo(401);
            assertThat(post(port, null, METADATA, "Authorization", basic("flow:wrong")))
                    .isEqualTo(401);
            assertThat(post(port, null, METADATA, "Authorization", basic("flow:secret")))
                    .isEqualTo(200);
            assertThat(post(port, null, "/decide/nonsense")).isEqualTo(404);
        }
    }

    private static void tls(DynamicPropertyRegistry properties) {
        properties.add("server.ssl.key-store", SERVER::toString);
        properties.add("server.ssl.key-store-password", () -> TestAuthority.PASSWORD);
        properties.add("server.ssl.key-alias", () -> "own");
        properties.add("server.ssl.trust-store", () -> OURS.trustStore().toString());
        properties.add("server.ssl.trust-store-password", () -> TestAuthority.PASSWORD);
    }

    private static int post(int port, @Nullable Path certificate, String path, String... headers)
            throws IOException, GeneralSecurityException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(OURS.client(certificate))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                .header(
                        "Content-Type",
                        path.startsWith("/api/") ? "application/json" : "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(path.startsWith("/api/") ? "{}" : ""));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static TestAuthority authority(String name) {
        try {
            return new TestAuthority(Files.createTempDirectory("flowmail-" + name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
