package dev.flowmail.api.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.activities.attachments.Tenants;
import dev.flowmail.activities.flow.Who;
import dev.flowmail.api.actions.Dispatcher.Accepted;
import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.WireTest;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Attachment.Location;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Excerpt;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.S3Bucket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What requests keep: their files, and bodies that are large. */
@WireTest
class KeptFilesTest extends ActionCalls {
    @Test
    void moreFilesThanOneMailMayCarryAreRefusedBeforeAnythingIsKept() throws IOException {
        String id = store.upload(
                        Tenants.UNKNOWN, "half.bin", null, new ByteArrayInputStream(new byte[20 * 1024 * 1024]))
                .file();
        Samples request = Samples.of(EMAIL);
        for (int file = 0; file < 8; file++) {
            request = request.attachment("Id", id, "Name", "part" + file + ".bin");
        }
        Answer answer = Http.post(port, "/api/email/1/actions/" + EMAIL, request.json());
        assertThat(answer.status()).as(answer.body()).isEqualTo(413);
        assertThat(answer.message())
                .startsWith("Attachments, file 8 (part7.bin)")
                .contains("150 MB");
        assertThat(dispatcher.mails()).isEmpty();
    }

    @Test
    void anUploadIsCopiedBesideTheRequest() throws IOException {
        String id = upload("report.pdf", "%PDF-1.7");
        accept(EMAIL, Samples.of(EMAIL).attachment("Id", id, "Name", "../q1.pdf", "Mime Type", "application/pdf"));
        accept(EMAIL, Samples.of(EMAIL).attachment("Id", id, "Name", "../q1.pdf", "Mime Type", "application/pdf"));
        Mail mail = dispatcher.mails().get(0);
        assertThat(dispatcher.mails().get(1)).isEqualTo(mail);
        Attachment attachment = mail.attachments().get(0);
        assertThat(attachment)
                .isEqualTo(new Attachment(".._q1.pdf", "application/pdf", Location.STORE, attachment.reference()));
        assertThat(kept(mail.requestId(), attachment.reference())).isEqualTo("%PDF-1.7");
        assertThat(mail.forget()).isTrue();
    }

    @Test
    void aFileElsewhereIsFetchedWhenItIsSentAndForgottenAfterwards() {
        String address = "https://files.example.com/a%20b/report.pdf?signature=x";
        accept(EMAIL, Samples.of(EMAIL).attachment("Id", "elsewhere", "Download Uri", address));
        assertThat(dispatcher.mail().attachments())
                .containsExactly(new Attachment("report.pdf", null, Location.DOWNLOAD, address, true));
        assertThat(dispatcher.mail().forget()).isTrue();
        accept(CHOICES, Samples.of(CHOICES).attachment("Download Uri", address, "Name", "q1.pdf"));
        assertThat(dispatcher.decision().attachments())
                .containsExactly(new Attachment("q1.pdf", null, Location.DOWNLOAD, address));
    }

    @Test
    void anUploadGoesBeforeItsDownloadUri() throws IOException {
        String id = upload("a.txt", "a");
        accept(EMAIL, Samples.of(EMAIL).attachment("Id", id, "Download Uri", "https://files.example.com/a"));
        assertThat(dispatcher.mail().attachments())
                .extracting(Attachment::location)
                .containsExactly(Location.STORE);
    }

    @Test
    void anotherTenantsUploadIsNone() throws IOException {
        String id = uploadBy(Tenants.of(Stream.of("0a1b2c3d-6022-474d-8f80-0d576b43d02d")), "a.txt", "a");
        for (String action : List.of(EMAIL, CHOICES)) {
            Answer answer = post(action, Samples.of(action).attachment("Id", id));
            assertThat(answer.status()).as(action).isEqualTo(400);
            assertThat(answer.body()).contains("Upload it again");
        }
    }

    @Test
    void aTenantsOwnUploadIsSentWhetherTheRequestOrItsUserNamesTheTenant() throws IOException {
        String mine = uploadBy(Tenants.of(Stream.of("67204d5c-6022-474d-8f80-0d576b43d02d")), "a.txt", "a");
        accept(EMAIL, Samples.of(EMAIL).attachment("Id", mine));
        String users = uploadBy(Tenants.of(Stream.of("0a1b2c3d-6022-474d-8f80-0d576b43d02d")), "b.txt", "b");
        String user = Who.publicUser("0a1b2c3d-6022-474d-8f80-0d576b43d02d");
        JsonNode request = Samples.of(EMAIL).attachment("Id", users).json();
        assertThat(Http.post(port, path(EMAIL), request, "Authorization", user).status())
                .isEqualTo(200);
        assertThat(dispatcher.mails())
                .extracting(
                        mail -> kept(mail.requestId(), mail.attachments().get(0).reference()))
                .containsExactly("a", "b");
    }

    @Test
    void anObjectInTheCallersBucketIsNamedByItsKey() {
        accept(
                EMAIL,
                Samples.inBucket(EMAIL, "https://s3.example.com")
                        .attachment("Id", "2026/report.pdf", "Download Uri", "https://files.example.com/a"));
        assertThat(dispatcher.mail().attachments())
                .containsExactly(new Attachment("report.pdf", null, Location.S3, "2026/report.pdf", true));
        assertThat(dispatcher.mail().bucket())
                .isEqualTo(new S3Bucket("bucket", "eu-central-1", "access", "secret", "https://s3.example.com"));
        assertThat(dispatcher.mail().forget()).isTrue();
    }

    @Test
    void aRefusedRequestLeavesNoCopiesBehindAndTakesNoneFromAnEarlierOne() throws IOException {
        String first = upload("a.txt", "a");
        String second = upload("b.txt", "b");
        String gone = UUID.randomUUID().toString();
        Samples accepted = Samples.of(CHOICES).attachment("Id", first);
        accept(CHOICES, accepted);
        String requestId = dispatcher.decisions().get(0).workflowId();

        Samples refused = Samples.of(CHOICES)
                .attachment("Id", first)
                .attachment("Id", second)
                .attachment("Id", gone);
        assertThat(post(CHOICES, refused).status()).isEqualTo(400);

        assertThat(kept(requestId, first)).isEqualTo("a");
        Assertions.assertThatThrownBy(() -> store.open(requestId, second)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void whatThePageShowsOfALargeMailTravelsWithTheRequest() throws IOException {
        String upload = upload("offer.pdf", "%PDF-1.7");
        accept(
                CHOICES,
                Samples.of(CHOICES)
                        .input("Body", null)
                        .input("HTML Body", "<p>May <b>I</b>?</p>" + "<p>word</p>".repeat(100_000))
                        .attachment("Id", upload)
                        .attachment("Name", "list.csv", "Download Uri", "https://files.example.com/1"));

        DecisionRequest request = dispatcher.decision();
        Excerpt excerpt = Objects.requireNonNull(request.excerpt());
        assertThat(request.html()).extracting("text").isNull();
        assertThat(excerpt.words()).startsWith("May I?\n\nword").hasSizeLessThanOrEqualTo(16_000);
        assertThat(excerpt.isWhole()).isFalse();
        assertThat(excerpt.files())
                .containsExactly(new Excerpt.File("offer.pdf", 8L), new Excerpt.File("list.csv", null));
    }

    @Test
    void aLargeBodyGoesToTheStoreAndASmallOneStays() throws IOException {
        String large = "é".repeat(16 * 1024);
        accept(EMAIL, Samples.of(EMAIL).input("Body", large.substring(1)).input("HTML Body", null));
        assertThat(dispatcher.mail().text()).isEqualTo(Content.inline(large.substring(1)));
        dispatcher.reset();
        accept(EMAIL, Samples.of(EMAIL).input("Body", large).input("HTML Body", null));
        Mail mail = dispatcher.mail();
        assertThat(mail.text()).extracting("text").isNull();
        String file = Optional.ofNullable(mail.text()).map(Content::stored).orElseThrow();
        assertThat(kept(mail.requestId(), file)).isEqualTo(large);
        assertThat(mail.forget()).isTrue();
    }

    @Test
    void aBodyForManyRecipientsGoesToTheStoreEarlier() {
        String body = "x".repeat(30_000);
        accept(CHOICES, Samples.of(CHOICES).input("Body", body).contacts("To", people(8)));
        accept(CHOICES, Samples.of(CHOICES).input("Body", body).contacts("To", people(9)));
        assertThat(dispatcher.decisions())
                .extracting(asked -> asked.request().text())
                .extracting("text")
                .containsExactly(body, null);
    }

    @Test
    void aRepeatOfAnEndedRequestLeavesNothingBehind() throws IOException {
        String id = upload("a.txt", "a");
        dispatcher.answers(() -> Accepted.ENDED);
        accept(EMAIL, Samples.of(EMAIL).attachment("Id", id));
        accept(CHOICES, Samples.of(CHOICES).attachment("Id", id));
        Mail mail = dispatcher.mail();
        Assertions.assertThatThrownBy(() ->
                        store.open(mail.requestId(), mail.attachments().get(0).reference()))
                .isInstanceOf(NoSuchFileException.class);
        Assertions.assertThatThrownBy(() -> store.open(
                        dispatcher.decisions().get(0).workflowId(),
                        dispatcher.decision().attachments().get(0).reference()))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aRepeatOfARunningRequestTakesNothingFromIt() throws IOException {
        String id = upload("a.txt", "a");
        accept(EMAIL, Samples.of(EMAIL).attachment("Id", id));
        dispatcher.answers(() -> Accepted.RUNNING);
        accept(EMAIL, Samples.of(EMAIL).attachment("Id", id));
        Mail mail = dispatcher.mails().get(0);
        assertThat(kept(mail.requestId(), mail.attachments().get(0).reference()))
                .isEqualTo("a");
    }

    private static String[] people(int number) {
        return Stream.iterate(1, each -> each + 1)
                .limit(number)
                .flatMap(each -> Stream.of("p" + each + "@example.com", ""))
                .toArray(String[]::new);
    }
}
