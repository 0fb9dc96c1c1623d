package dev.flowmail.activities.attachments;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.activities.network.AllowList;
import dev.flowmail.activities.network.GuardedHttp;
import dev.flowmail.activities.network.Guards;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Attachment.Location;
import dev.flowmail.workflows.mail.AttachmentActivities;
import dev.flowmail.workflows.mail.AttachmentFetch;
import dev.flowmail.workflows.mail.MailFailure;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchActivitiesTest {
    private static final String REQUEST = "send-1";

    @TempDir
    private Path data;

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
    private final AllowList guard = Guards.allowing("127.0.0.1");
    private final GuardedHttp http = new GuardedHttp(guard);
    private final Buckets buckets = new Buckets(guard);
    private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
    private AttachmentStore store;

    @BeforeEach
    void start() throws IOException {
        server.start();
        KeyRing keys = new KeyRing(List.of(new Key("test", new byte[Key.SIZE])));
        store = new AttachmentStore(data, keys, Limits.ofFile(100_000), Duration.ofDays(2), InstantSource.system());
        store.expectFiles(REQUEST);
        temporal.registerActivitiesImplementations(
                new FetchActivities(store, new Fetching(store, new Downloads(http), buckets)));
    }

    @AfterEach
    void stop() throws IOException {
        temporal.close();
        server.stop();
        http.close();
        buckets.close();
    }

    @Test
    void everyFileFromElsewhereLiesBesideTheRequestThen() {
        server.stubFor(get("/a").willReturn(ok("a")));
        server.stubFor(get("/b").willReturn(ok("b")));

        fetch(download("/a"), new Attachment("upload", null, Location.STORE, "upload"), download("/b"));

        // the two, and the note that they are expected
        assertThat(files()).hasSize(3);
    }

    @Test
    void whatIsThereIsNotFetchedAgain() {
        server.stubFor(get("/a").willReturn(ok("a")));

        fetch(download("/a"));
        fetch(download("/a"));

        server.verify(1, getRequestedFor(urlEqualTo("/a")));
    }

    @Test
    void aFileThatIsRefusedDoesNotStopTheOthersAndIsNamedByItsPlace() {
        server.stubFor(get("/gone").willReturn(aResponse().withStatus(410)));
        server.stubFor(get("/b").willReturn(ok("b")));

        ApplicationFailure failure = failure(download("/gone"), download("/b"));

        assertThat(failure.getType()).isEqualTo(MailFailure.ATTACHMENT_REFUSED);
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage()).startsWith("Attachments, file 1: 127.0.0.1 answered 410");
        assertThat(files()).hasSize(2);
    }

    @Test
    void aFileThatIsNotToBeHadForNowIsWorthAnotherAttemptWhateverTheOthersSay() {
        server.stubFor(get("/gone").willReturn(aResponse().withStatus(410)));
        server.stubFor(get("/busy").willReturn(aResponse().withStatus(503)));

        ApplicationFailure failure = failure(download("/gone"), download("/busy"));

        assertThat(failure.getType()).isEqualTo(MailFailure.ATTACHMENT_MISSING);
        assertThat(failure.isNonRetryable()).isFalse();
    }

    @Test
    void nothingIsFetchedForARequestThatHasEnded() throws IOException {
        server.stubFor(get("/a").willReturn(ok("a")));
        store.forget(REQUEST);

        fetch(download("/a"));

        assertThat(files()).isEmpty();
        server.verify(0, getRequestedFor(urlEqualTo("/a")));
    }

    @Test
    void nothingStaysOfARequestThatEndsWhileItsFileArrives() throws IOException {
        server.stubFor(get("/slow").willReturn(aResponse().withBody("slow").withChunkedDribbleDelay(4, 2_000)));
        CompletableFuture<Void> fetching = CompletableFuture.runAsync(() -> fetch(download("/slow")));
        await().until(() -> !server.getAllServeEvents().isEmpty() || files().size() > 1);

        store.forget(REQUEST);
        fetching.join();

        assertThat(files()).isEmpty();
    }

    private void fetch(Attachment... attachments) {
        temporal.newActivityStub(
                        AttachmentActivities.class,
                        ActivityOptions.newBuilder()
                                .setStartToCloseTimeout(Duration.ofMinutes(1))
                                .build())
                .fetchAttachments(new AttachmentFetch(REQUEST, List.of(attachments), null));
    }

    private ApplicationFailure failure(Attachment... attachments) {
        Throwable failure = catchThrowable(() -> fetch(attachments));
        assertThat(failure).isInstanceOf(ActivityFailure.class);
        return (ApplicationFailure) Objects.requireNonNull(failure.getCause());
    }

    private Attachment download(String path) {
        return new Attachment("a.txt", null, Location.DOWNLOAD, "http://127.0.0.1:" + server.port() + path);
    }

    private List<Path> files() {
        try (Stream<Path> tree = Files.walk(data)) {
            return tree.filter(Files::isRegularFile).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
