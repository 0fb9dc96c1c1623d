package dev.flowmail.activities.smtp;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.flowmail.activities.network.AllowList;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Attachment.Location;
import dev.flowmail.workflows.mail.MailFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

@Execution(CONCURRENT)
class AttachmentsFromElsewhereTest {
    private final GreenMail mailServer = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private final WireMockServer files =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        mailServer.start();
        files.start();
        rig = Rig.start();
    }

    @AfterEach
    void stop() {
        rig.close();
        files.stop();
        mailServer.stop();
    }

    @Test
    void aFileBehindADownloadUriArrivesWithTheMail() throws Exception {
        files.stubFor(get("/offer").willReturn(ok("an offer").withHeader("Content-Type", "text/x-offer")));

        rig.send(mail().attachment(download("offer.txt", null, "/offer"))
                .attachment(download("offer.pdf", "application/pdf", "/offer"))
                .build());

        MimeMultipart parts = (MimeMultipart) mailServer.getReceivedMessages()[0].getContent();
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("offer.txt");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/x-offer");
        assertThat(parts.getBodyPart(1).getInputStream()).hasContent("an offer");
        assertThat(parts.getBodyPart(2).getContentType()).startsWith("application/pdf");
    }

    @Test
    void aFileThatIsGoneFailsTheMailForGoodAndIsNamedByItsPlace() {
        rig.files.with("upload", "text");
        files.stubFor(get(urlPathEqualTo("/gone")).willReturn(aResponse().withStatus(410)));

        ApplicationFailure failure = rig.fail(mail().attachment("a.txt", null, "upload")
                .attachment(download("b.txt", null, "/gone?signature=secret"))
                .build());

        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getType()).isEqualTo(MailFailure.ATTACHMENT_REFUSED);
        assertThat(failure.getOriginalMessage())
                .startsWith("Attachments, file 2: localhost answered 410")
                .doesNotContain("secret", "gone", "b.txt");
        assertThat(mailServer.getReceivedMessages()).isEmpty();
    }

    @Test
    void aFileThatIsNotToBeHadForNowIsTriedAgain() {
        files.stubFor(get("/busy").willReturn(aResponse().withStatus(503)));

        ApplicationFailure failure =
                rig.fail(mail().attachment(download("b.txt", null, "/busy")).build());

        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getType()).isEqualTo(MailFailure.ATTACHMENT_MISSING);
        assertThat(failure.getOriginalMessage()).isEqualTo("Attachments, file 1: localhost answered 503");
    }

    @Test
    void aFileAtAnAddressThatIsNotPublicIsRefusedForGood() throws Exception {
        try (Rig guarded = Rig.guardedBy(new AllowList(List.of()))) {
            ApplicationFailure failure = guarded.fail(
                    mail().attachment(download("b.txt", null, "/a")).build());

            assertThat(failure.isNonRetryable()).isTrue();
            assertThat(failure.getType()).isEqualTo(MailFailure.NETWORK_REFUSED);
            assertThat(failure.getOriginalMessage())
                    .startsWith("Attachments, file 1: ")
                    .contains("FLOWMAIL_NETWORK_ALLOW");
        }
        assertThat(files.getAllServeEvents()).isEmpty();
    }

    @Test
    void aMailThatIsCancelledStopsFetching() throws Exception {
        files.stubFor(
                get("/slow").willReturn(aResponse().withBody(new byte[400_000]).withChunkedDribbleDelay(400, 8_000)));
        try (Rig brisk = Rig.beatingEvery(Duration.ofMillis(50))) {
            CompletableFuture<Throwable> sent = CompletableFuture.supplyAsync(() -> catchThrowable(() -> brisk.send(
                    mail().attachment(download("b.txt", null, "/slow")).build())));
            await().until(() -> !brisk.heartbeats.isEmpty());

            brisk.temporal().requestCancelActivity();

            assertThat(sent.join()).isInstanceOf(CanceledFailure.class);
        }
        assertThat(mailServer.getReceivedMessages()).isEmpty();
    }

    private TestMail mail() {
        return TestMail.via(mailServer.getSmtp().getPort()).to("anna@example.com");
    }

    private Attachment download(String name, @Nullable String type, String path) {
        return new Attachment(name, type, Location.DOWNLOAD, "http://localhost:" + files.port() + path);
    }
}
