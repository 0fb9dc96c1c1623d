package dev.flowmail.api.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.WireTest;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.SmtpServer;
import dev.flowmail.workflows.mail.SmtpServer.OAuth2;
import dev.flowmail.workflows.mail.SmtpServer.Transport;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mails are what the inputs say. */
@WireTest
class ActionsTest extends ActionCalls {
    private static final SmtpServer SAMPLE_SERVER =
            new SmtpServer("smtp.example.com", 587, Transport.TLS, "test@mailaccount.com", "password", null);

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

    private List<String> ids() {
        return dispatcher.mails().stream().map(Mail::id).distinct().toList();
    }
}
