package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.S3Process;
import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.servers.WebServer;
import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Answer;
import dev.flowmail.simulator.engine.EngineValues;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.engine.ServiceRequest;
import dev.flowmail.simulator.inbox.ReceivedMail.AttachedFile;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.MediaType;

/** Files from where they are: another replica's upload, an address, a caller's bucket. */
@ExtendWith(EndToEnd.class)
class FilesIT {
    private static final String KEY = "a:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private final World world;

    FilesIT(World world) {
        this.world = world;
    }

    @Test
    void anUploadToOneReplicaIsSentByAnother() throws IOException {
        String anna = world.person("anna");
        byte[] content = randomBytes(3_000_000);
        Path directory = world.directory("replicas");
        try (S3Process s3 = s3(directory).start();
                TemporalProcess temporal = temporal(directory).start();
                FlowmailProcess one = replica("one", directory, temporal, s3).start();
                FlowmailProcess two = replica("two", directory, temporal, s3).start()) {
            Answer upload = world.engine.upload(one.connector(), "figures.pdf", MediaType.APPLICATION_PDF, content);
            assertThat(upload.status()).as(upload.body()).isEqualTo(200);
            one.stop();

            world.ask(two.connector(), world.question(anna).attachments(FlowEngine.file(upload)));

            assertThat(world.mailTo(anna).attachments())
                    .containsExactly(
                            new AttachedFile("figures.pdf", "application/pdf", content.length, sha256(content)));
            assertThat(files(s3.bucket().resolve("uploads"))).hasSize(1);
            assertThat(files(s3.bucket().resolve("requests"))).hasSize(1);
            assertThat(world.decide(anna, "Approve").status()).isEqualTo(200);
            World.patiently()
                    .untilAsserted(() ->
                            assertThat(files(s3.bucket().resolve("requests"))).isEmpty());
            for (FlowmailProcess replica : List.of(one, two)) {
                assertThat(replica.dataDirectory().resolve("uploads")).doesNotExist();
                assertThat(replica.dataDirectory().resolve("requests")).doesNotExist();
            }
        }
    }

    @Test
    void anObjectInTheCallersBucketArrivesWithTheMailAndAMissingOneIsExplained() throws IOException {
        String anna = world.person("anna");
        byte[] content = randomBytes(200_000);
        Path directory = world.directory("bucket");
        try (S3Process s3 = s3(directory).start()) {
            Files.createDirectories(s3.bucket().resolve("2026"));
            Files.write(s3.bucket().resolve("2026/figures.pdf"), content);

            world.engine.send(
                    world.flowmail().connector(),
                    fromBucket(s3, anna).attachments(EngineValues.file(Map.of("Id", "2026/figures.pdf"))));

            assertThat(world.mailTo(anna).attachments())
                    .containsExactly(
                            new AttachedFile("figures.pdf", "application/pdf", content.length, sha256(content)));

            Flow missing = world.engine.send(
                    world.flowmail().connector(),
                    fromBucket(s3, anna)
                            .attachments(
                                    EngineValues.file(Map.of("Id", "2026/figures.pdf")),
                                    EngineValues.file(Map.of("Id", "2026/nothing.pdf")))
                            .member("executionMode", "DEBUG"));
            assertThat(missing.answered().status()).isEqualTo(502);
            assertThat(missing.answered().json().path("message").asString())
                    .contains("Attachments, file 2: the bucket has no object under the key that the file's")
                    .doesNotContain("nothing.pdf");
        }
    }

    @Test
    void aFileBehindADownloadUriIsFetchedOnceAndArrivesWithEveryMail() throws IOException {
        String anna = world.person("anna");
        String ben = world.person("ben");
        byte[] content = randomBytes(200_000);
        AtomicInteger fetches = new AtomicInteger();
        WebServer server = new WebServer().on("/busy-first/figures.pdf", exchange -> {
            boolean busy = fetches.incrementAndGet() == 1;
            WebServer.answer(exchange, busy ? 503 : 200, busy ? new byte[0] : content);
        });
        try (server) {
            String address = server.address("/busy-first/figures.pdf?signature=x");
            Path requests = world.flowmail().dataDirectory().resolve("requests");
            List<Path> ofOthers = files(requests);
            world.ask(world.question(anna, ben)
                    .attachments(EngineValues.file(Map.of("Id", "not-ours", "Download Uri", address))));

            for (String person : List.of(anna, ben)) {
                assertThat(world.mailTo(person).attachments())
                        .containsExactly(
                                new AttachedFile("figures.pdf", "application/pdf", content.length, sha256(content)));
            }
            assertThat(fetches).hasValue(2);

            List<Path> kept = new ArrayList<>(files(requests));
            kept.removeAll(ofOthers);
            assertThat(kept)
                    .as("one file, and the mark of a request that waits for it")
                    .hasSize(2)
                    .filteredOn(file -> file.getFileName().toString().startsWith("fetched-"))
                    .hasSize(1);
            assertThat(world.decide(anna, "Approve").status()).isEqualTo(200);
            World.patiently()
                    .untilAsserted(() ->
                            assertThat(kept).allSatisfy(file -> assertThat(file).doesNotExist()));
        }
    }

    private ServiceRequest fromBucket(S3Process s3, String recipient) {
        return world.engine
                .request(Action.EMAIL)
                .from("flow@example.com", null)
                .to(recipient)
                .subject("The figures")
                .configuration("Attachments: Source", "s3")
                .configuration("Attachments: S3 Bucket", "files")
                .configuration("Attachments: S3 Region", "us-east-1")
                .configuration("Attachments: S3 Access Key", S3Process.ACCESS_KEY)
                .configuration("Attachments: S3 Secret Key", S3Process.SECRET_KEY)
                .configuration("Attachments: S3 Endpoint", s3.endpoint().toString());
    }

    /** A {@code $File} as Flow sends it, by names and values of its properties. */
    private static S3Process s3(Path directory) {
        return new S3Process("s3-" + directory.getFileName(), directory.resolve("s3"), World.LOGS);
    }

    private static TemporalProcess temporal(Path directory) {
        return new TemporalProcess(
                "temporal-" + directory.getFileName(),
                directory.toAbsolutePath().resolve("temporal.db"));
    }

    private static FlowmailProcess replica(String name, Path directory, TemporalProcess temporal, S3Process s3) {
        Map<String, String> settings = new HashMap<>(s3.asStore());
        settings.putAll(Map.of(
                "TEMPORAL_ADDRESS", temporal.address(),
                "FLOWMAIL_KEYS_LINKS", KEY,
                "FLOWMAIL_KEYS_PAYLOADS", KEY));
        return new FlowmailProcess(
                "flowmail-" + name + "-" + directory.getFileName(), directory.resolve(name), settings);
    }

    private static List<Path> files(Path directory) {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(Files::isRegularFile).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static byte[] randomBytes(int size) {
        byte[] bytes = new byte[size];
        new Random(4711).nextBytes(bytes);
        byte[] pdf = "%PDF-1.7\n".getBytes(UTF_8);
        System.arraycopy(pdf, 0, bytes, 0, pdf.length);
        return bytes;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
