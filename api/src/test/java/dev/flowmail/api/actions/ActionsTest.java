package dev.flowmail.api.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.Tenants;
import dev.flowmail.activities.flow.Who;
import dev.flowmail.api.actions.Dispatcher.Accepted;
import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.RecordingDispatcher;
import dev.flowmail.api.wire.WireTest;
import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionRequest.AfterAnswer;
import dev.flowmail.workflows.decision.DecisionRequest.Confirmation;
import dev.flowmail.workflows.decision.DecisionRequest.Rules;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Attachment.Location;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Excerpt;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question.Comments;
import dev.flowmail.workflows.mail.S3Bucket;
import dev.flowmail.workflows.mail.SmtpServer;
import dev.flowmail.workflows.mail.SmtpServer.OAuth2;
import dev.flowmail.workflows.mail.SmtpServer.Transport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@WireTest
class ActionsTest {
    private static final String SIMPLE = "email-simple";
    private static final String EMAIL = "email";
    private static final String CHOICES = "email-choices";
    private static final SmtpServer SAMPLE_SERVER =
            new SmtpServer("smtp.example.com", 587, Transport.TLS, "test@mailaccount.com", "password", null);

    @LocalServerPort
    private int port;

    @Autowired
    private RecordingDispatcher dispatcher;

    @Autowired
    private AttachmentStore store;

    @BeforeEach
    void forgetOtherTests() {
        dispatcher.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {SIMPLE, EMAIL, CHOICES})
    void theSamplesAreAnsweredAsTheOriginalDid(String action) {
        Answer answer = post(action, Samples.of(action));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(Samples.response(action));
    }

    @Test
    void theSimpleMailIsHtmlToEachAddress() {
        accept(SIMPLE, Samples.of(SIMPLE).input("To", " a@example.com ;; b@example.com;\n"));
        Mail mail = dispatcher.mail();
        assertThat(mail.server())
                .isEqualTo(
                        new SmtpServer("smtp.gmail.com", 587, Transport.TLS, "test@mailaccount.com", "password", null));
        assertThat(mail.from()).isEqualTo(new Mailbox("test@mailaccount.com", null));
        assertThat(mail.to()).containsExactly(new Mailbox("a@example.com", null), new Mailbox("b@example.com", null));
        assertThat(mail.cc()).isEmpty();
        assertThat(mail.bcc()).isEmpty();
        assertThat(mail.subject()).isEqualTo("Email subject");
        assertThat(mail.text()).isNull();
        assertThat(mail.html()).isEqualTo(Content.inline("Email body"));
        assertThat(mail.attachments()).isEmpty();
        assertThat(mail.question()).isNull();
        assertThat(mail.forget()).isFalse();
        assertThat(mail.requestId()).isEqualTo(mail.id());
    }

    @Test
    void theUsernameStandsInForAMissingFrom() {
        accept(SIMPLE, Samples.of(SIMPLE).input("From", null).configuration("Username", "user@example.com"));
        assertThat(dispatcher.mail().from()).isEqualTo(new Mailbox("user@example.com", null));
        dispatcher.reset();
        accept(SIMPLE, Samples.of(SIMPLE).input("From", "x@example.com").configuration("Username", "key"));
        assertThat(dispatcher.mail().from()).isEqualTo(new Mailbox("x@example.com", null));
    }

    @Test
    void theFullMailHasEveryPart() {
        accept(EMAIL, Samples.of(EMAIL).contacts("To", "to@manywho.com", "Test To", "2@example.com", null));
        Mail mail = dispatcher.mail();
        assertThat(mail.server()).isEqualTo(SAMPLE_SERVER);
        assertThat(mail.from()).isEqualTo(new Mailbox("test@manywho.com", "Test ManyWho"));
        assertThat(mail.to())
                .containsExactly(new Mailbox("to@manywho.com", "Test To"), new Mailbox("2@example.com", null));
        assertThat(mail.cc()).containsExactly(new Mailbox("cc@manywho.com", "Cc Manywho"));
        assertThat(mail.bcc()).containsExactly(new Mailbox("bcc@manywho.com", "Bcc ManyWho"));
        assertThat(mail.subject()).isEqualTo("Test Subject");
        assertThat(mail.text()).isEqualTo(Content.inline("email text body"));
        assertThat(mail.html()).isEqualTo(Content.inline("<html><title><body>Hello World!</body></title></html>"));
    }

    @Test
    void answersMayGoToAnotherAddress() {
        accept(EMAIL, Samples.of(EMAIL).input("Reply To", " desk@example.com "));
        accept(CHOICES, Samples.of(CHOICES).input("Reply To", "desk@example.com"));
        accept(EMAIL, Samples.of(EMAIL).input("Reply To", " "));
        assertThat(dispatcher.mails())
                .extracting(Mail::replyTo)
                .containsExactly(new Mailbox("desk@example.com", null), null);
        assertThat(dispatcher.decision().replyTo()).isEqualTo(new Mailbox("desk@example.com", null));
        assertThat(ids()).hasSize(2);
        Answer answer = post(EMAIL, Samples.of(EMAIL).input("Reply To", "desk@"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains("Reply To");
    }

    @Test
    void aMailNeedsNeitherSubjectNorBody() {
        accept(EMAIL, Samples.of(EMAIL).input("Subject", null).input("Body", "").input("HTML Body", null));
        assertThat(dispatcher.mail().subject()).isEmpty();
        assertThat(dispatcher.mail().text()).isNull();
        assertThat(dispatcher.mail().html()).isNull();
    }

    @Test
    void harmfulCharactersOfSubjectsAndNamesBecomeSpaces() {
        accept(
                EMAIL,
                Samples.of(EMAIL)
                        .input("Subject", "a\r\nBcc: x@example.com\u202Eb\u0000")
                        .contacts("To", "to@example.com", "A\nB"));
        assertThat(dispatcher.mail().subject()).isEqualTo("a Bcc: x@example.com b");
        assertThat(dispatcher.mail().to()).containsExactly(new Mailbox("to@example.com", "A B"));
    }

    @Test
    void transportsAndPortsAreReadAsPeopleWriteThem() {
        accept(EMAIL, Samples.of(EMAIL).configuration("Transport", "SSL").configuration("Port", "465.0"));
        accept(EMAIL, Samples.of(EMAIL).configuration("Transport", " Plain ").configuration("Port", "25"));
        assertThat(dispatcher.mails())
                .extracting(
                        mail -> mail.server().transport(), mail -> mail.server().port())
                .containsExactly(Assertions.tuple(Transport.SSL, 465), Assertions.tuple(Transport.PLAIN, 25));
    }

    @ParameterizedTest
    @CsvSource({
        "mail.straße.example, mail.xn--strae-oqa.example",
        "ẞ.example, xn--zca.example",
        "mail_1.example.com, mail_1.example.com",
        "smtp.example.com, smtp.example.com"
    })
    void theHostIsNamedAsDnsKnowsIt(String host, String dialled) {
        accept(EMAIL, Samples.of(EMAIL).configuration("Host", host));
        assertThat(dispatcher.mail().server().host()).isEqualTo(dialled);
    }

    @Test
    void aPastedListIsUnderstood() {
        accept(
                SIMPLE,
                Samples.of(SIMPLE)
                        .input("From", "Flow <flow@example.com>")
                        .input("To", "a@x.example, \u200BAnna <b@x.example>\u00A0\nc@straße.example"));
        assertThat(dispatcher.mail().from()).isEqualTo(new Mailbox("flow@example.com", "Flow"));
        assertThat(dispatcher.mail().to())
                .containsExactly(
                        new Mailbox("a@x.example", null),
                        new Mailbox("b@x.example", "Anna"),
                        new Mailbox("c@straße.example", null));
    }

    @Test
    void aDecisionIsAskedWithItsRules() {
        Answer answer = post(
                CHOICES,
                Samples.of(CHOICES)
                        .noOutcomes()
                        .outcome("id-3", "third", "", 9)
                        .outcome("id-1", "first", "One", 1)
                        .outcome("id-2", "second", null, 1)
                        .contacts("To", "A@example.com", "A", "b@example.com", "B", "a@EXAMPLE.com", "Again")
                        .property("culture", null)
                        .input("Timeout", "48 hours")
                        .input("Timeout Outcome", "third")
                        .input("Remind Every", "PT24H")
                        .input("Answers Needed", "ALL")
                        .input("Veto Outcome", "second")
                        .input("Comments", "Required"));
        assertThat(answer.json()).isEqualTo(Samples.response(CHOICES));
        DecisionRequest decision = dispatcher.decision();
        assertThat(decision.choices())
                .extracting(
                        choice -> choice.outcome().id(),
                        choice -> choice.outcome().developerName(),
                        choice -> choice.label())
                .containsExactly(
                        Assertions.tuple("id-1", "first", "One"),
                        Assertions.tuple("id-2", "second", "second"),
                        Assertions.tuple("id-3", "third", "third"));
        assertThat(decision.recipients())
                .containsExactly(new Mailbox("A@example.com", "A"), new Mailbox("b@example.com", "B"));
        assertThat(decision.rules())
                .isEqualTo(new Rules(
                        Duration.ofHours(48),
                        2,
                        Duration.ofHours(24),
                        2,
                        1,
                        Comments.REQUIRED,
                        AfterAnswer.FLOW,
                        null,
                        Confirmation.CAREFUL,
                        null,
                        "UTC",
                        null));
        assertThat(decision.language()).isEqualTo("en");
        assertThat(decision.debug()).isFalse();
    }

    @Test
    void aDecisionKnowsWhomToTell() {
        String token = "51846b52-e9eb-4e6c-9f27-e2f6dc0213ba";
        String tenant = "67204d5c-6022-474d-8f80-0d576b43d02d";
        String who = "ManyWhoTenantId%3D" + tenant + "%26Token%3Da%3Db%3D%26Email%3Djane%40example.com";
        Answer answer = Http.post(port, path(CHOICES), Samples.of(CHOICES).json(), "Authorization", who);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(dispatcher.decision().flow())
                .isEqualTo(new FlowReference(
                        tenant,
                        "340279d0-350c-4886-9af8-86ebeda0bd71",
                        token,
                        "https://staging.manywho.com/api/run/1/response",
                        "https://flow.manywho.com/67204d5c-6022-474d-8f80-0d576b43d02d/play/default"
                                + "?join=340279d0-350c-4886-9af8-86ebeda0bd71",
                        who));
        assertThat(dispatcher.decisions().get(0).workflowId()).matches("decision-[0-9a-f]{40}");
        assertThat(dispatcher.decision().rules())
                .isEqualTo(new Rules(
                        Duration.ofDays(28),
                        null,
                        null,
                        1,
                        null,
                        Comments.OFF,
                        AfterAnswer.FLOW,
                        null,
                        Confirmation.CAREFUL,
                        null,
                        "UTC",
                        null));
        assertThat(dispatcher.decision().language()).isEqualTo("en-US");
    }

    @Test
    void whatASubmissionNeedsIsTheRequestsToSay() {
        for (String given : List.of("button", " Careful ", "CODE")) {
            accept(CHOICES, Samples.of(CHOICES).input("Confirmation", given));
        }
        assertThat(dispatcher.decisions())
                .extracting(asked -> asked.request().rules().confirmation())
                .containsExactly(Confirmation.BUTTON, Confirmation.CAREFUL, Confirmation.CODE);
    }

    @Test
    void whichOutcomesNeedAFreshCodeIsTheRequestsToSay() {
        for (String given : List.of("", " ; ", "all", " ALL ", "other", "go;other", "go; other ;other")) {
            accept(
                    CHOICES,
                    Samples.of(CHOICES).outcome("other", "other", null, 9).input("Proof", given));
        }
        assertThat(dispatcher.decisions())
                .extracting(asked -> asked.request().rules().proof())
                .containsExactly(null, null, List.of(0, 1), List.of(0, 1), List.of(1), List.of(0, 1), List.of(0, 1));
    }

    @Test
    void whereTheAnswerLeadsIsTheRequestsToSay() {
        accept(CHOICES, Samples.of(CHOICES).input("After Answer", " Page "));
        accept(CHOICES, Samples.of(CHOICES).input("After Answer", "FLOW"));
        assertThat(dispatcher.decisions())
                .extracting(asked -> asked.request().rules().afterAnswer())
                .containsExactly(AfterAnswer.PAGE, AfterAnswer.FLOW);
    }

    @Test
    void equalAddressesCountOnceHoweverTheyAreWritten() {
        accept(
                CHOICES,
                Samples.of(CHOICES)
                        .contacts(
                                "To",
                                "anna@m\u00fcnchen.example",
                                null,
                                "ANNA@xn--mnchen-3ya.Example",
                                null,
                                "\"anna\"@mu\u0308nchen.example",
                                null,
                                "annas@m\u00fcnchen.example",
                                null));
        assertThat(dispatcher.decision().recipients())
                .extracting(Mailbox::address)
                .containsExactly("anna@m\u00fcnchen.example", "annas@m\u00fcnchen.example");
    }

    @Test
    void theRequesterIsKeptInEveryFormOfTheAddress() {
        accept(CHOICES, Samples.of(CHOICES).input("Requester", " Boss <Boss@m\u00fcnchen.example> "));
        assertThat(dispatcher.decision().rules().requester())
                .containsExactly("Boss@xn--mnchen-3ya.example", "Boss@m\u00fcnchen.example");
    }

    @Test
    void aDecisionIsHeldForUpToAnHourWhereTheRequestSaysSo() {
        accept(CHOICES, Samples.of(CHOICES));
        accept(CHOICES, Samples.of(CHOICES).input("Hold", "10 minutes"));
        accept(CHOICES, Samples.of(CHOICES).input("Hold", "PT1H"));
        assertThat(dispatcher.decisions())
                .extracting(asked -> asked.request().rules().hold())
                .containsExactly(null, Duration.ofMinutes(10), Duration.ofHours(1));
    }

    @Test
    void theTimeZoneIsTheRequestsToSay() {
        accept(CHOICES, Samples.of(CHOICES).input("Time Zone", " europe/berlin "));
        accept(CHOICES, Samples.of(CHOICES).input("Time Zone", "America/New York"));
        assertThat(dispatcher.decisions())
                .extracting(asked -> asked.request().rules().timeZone())
                .containsExactly("Europe/Berlin", "America/New_York");
    }

    @Test
    void aWayBackThatIsNoWebAddressIsDropped() {
        accept(CHOICES, Samples.of(CHOICES).property("joinPlayerUri", "javascript:alert(1)"));
        assertThat(dispatcher.decision().flow()).extracting("joinPlayerUri").isNull();
    }

    @Test
    void withoutOutcomesTheFlowGoesOn() {
        Answer answer = post(
                CHOICES,
                Samples.of(CHOICES).noOutcomes().property("token", null).property("callbackUri", null));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("invokeType").asString()).isEqualTo("FORWARD");
        assertThat(dispatcher.decision().choices()).isEmpty();
        assertThat(dispatcher.decision().flow()).isNull();
        accept(CHOICES, Samples.of(CHOICES).noOutcomes().property("token", null));
        assertThat(dispatcher.decisions())
                .extracting(RecordingDispatcher.Asked::workflowId)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("decision-[0-9a-f]{40}"));
    }

    @Test
    void aRepeatHasTheIdOfTheFirstAndEveryOtherSendItsOwn() {
        accept(EMAIL, Samples.of(EMAIL));
        accept(EMAIL, Samples.of(EMAIL).property("callbackUri", "https://elsewhere.example.com"));
        assertThat(ids()).hasSize(1).allMatch(id -> id.matches("send-[0-9a-f]{40}"));
        accept(EMAIL, Samples.of(EMAIL).input("Subject", "Other"));
        accept(EMAIL, Samples.of(EMAIL).input("Body", "Other"));
        accept(EMAIL, Samples.of(EMAIL).input("HTML Body", "Other"));
        accept(EMAIL, Samples.of(EMAIL).contacts("To", "other@example.com", null));
        accept(EMAIL, Samples.of(EMAIL).contacts("To (CC)"));
        accept(EMAIL, Samples.of(EMAIL).property("token", "other"));
        accept(EMAIL, Samples.of(EMAIL).property("tenantId", "other"));
        accept(EMAIL, Samples.of(EMAIL).property("stateId", "other"));
        assertThat(ids()).hasSize(9);
    }

    @Test
    void withoutATokenNoSendIsARepeat() {
        accept(SIMPLE, Samples.of(SIMPLE).property("token", null));
        accept(SIMPLE, Samples.of(SIMPLE).property("token", null));
        accept(SIMPLE, Samples.of(SIMPLE).property("token", ""));
        assertThat(ids()).hasSize(3);
    }

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
    void withATokenUrlTheServerIsSignedInToByOAuth2() {
        for (String action : List.of(SIMPLE, EMAIL, CHOICES)) {
            accept(
                    action,
                    Samples.of(action)
                            .configuration("Host", "smtp.example.com")
                            .configuration("Username", "flows@example.com")
                            .configuration("Password", "ignored")
                            .configuration("OAuth2 Token URL", " https://login.example.com/token?p=1 ")
                            .configuration("OAuth2 Client ID", " client ")
                            .configuration("OAuth2 Client Secret", " secret ")
                            .configuration("OAuth2 Refresh Token", " refresh ")
                            .configuration("OAuth2 Scope", "a b"));
        }
        OAuth2 client = new OAuth2("https://login.example.com/token?p=1", "client", "secret", "refresh", "a b");
        assertThat(Stream.concat(
                        dispatcher.mails().stream().map(Mail::server),
                        Stream.of(dispatcher.decision().server())))
                .hasSize(3)
                .allSatisfy(server -> {
                    assertThat(server.username()).isEqualTo("flows@example.com");
                    assertThat(server.password()).isNull();
                    assertThat(server.oauth2()).isEqualTo(client);
                });
    }

    @Test
    void oneSecretOfOAuth2IsEnough() {
        accept(EMAIL, oauth2().configuration("OAuth2 Client Secret", "secret"));
        accept(EMAIL, oauth2().configuration("OAuth2 Refresh Token", "refresh"));
        assertThat(dispatcher.mails())
                .extracting(mail -> mail.server().oauth2())
                .containsExactly(
                        new OAuth2("https://login.example.com/token", "client", "secret", null, null),
                        new OAuth2("https://login.example.com/token", "client", null, "refresh", null));
    }

    private static Samples oauth2() {
        return Samples.of(EMAIL)
                .configuration("OAuth2 Token URL", "https://login.example.com/token")
                .configuration("OAuth2 Client ID", "client");
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

    private List<String> ids() {
        return dispatcher.mails().stream().map(Mail::id).distinct().toList();
    }

    private String upload(String name, String content) throws IOException {
        return uploadBy(Tenants.UNKNOWN, name, content);
    }

    private String uploadBy(Tenants tenants, String name, String content) throws IOException {
        return store.upload(tenants, name, null, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)))
                .file();
    }

    private String kept(String requestId, String file) throws IOException {
        try (InputStream bytes = store.open(requestId, file)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void accept(String action, Samples request) {
        Answer answer = post(action, request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private Answer post(String action, Samples request) {
        return Http.post(port, path(action), request.json());
    }

    private static String path(String action) {
        return "/api/email/1/actions/" + action;
    }
}
