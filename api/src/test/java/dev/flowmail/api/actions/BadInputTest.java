package dev.flowmail.api.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.RecordingDispatcher;
import dev.flowmail.api.wire.WireTest;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WireTest
class BadInputTest {

    @LocalServerPort
    private int port;

    @Autowired
    private RecordingDispatcher dispatcher;

    @BeforeEach
    void forgetOtherTests() {
        dispatcher.reset();
    }

    @ParameterizedTest
    @MethodSource
    void everyMistakeIsA400ThatNamesItAndStartsNothing(Mistake mistake) {
        for (String action : mistake.actions()) {
            Samples request = mistake.change().apply(Samples.of(action));
            Answer answer = Http.post(port, "/api/email/1/actions/" + action, request.json());
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.message()).startsWith(mistake.named()).endsWith(".");
            assertThat(answer.message()).doesNotContain("planted");
        }
        assertThat(dispatcher.mails()).isEmpty();
        assertThat(dispatcher.decisions()).isEmpty();
    }

    static Stream<Mistake> everyMistakeIsA400ThatNamesItAndStartsNothing() {
        return Stream.of(
                        configuration(),
                        oauth2(),
                        addresses(),
                        attachments(),
                        outcomes(),
                        rules(),
                        flow(),
                        Stream.of(
                                everywhere("tenantId", request -> request.property("tenantId", "a\r\nX: planted")),
                                everywhere("stateId", request -> request.property("stateId", "x".repeat(201))),
                                everywhere("token", request -> request.property("token", "x".repeat(4_001))),
                                everywhere("Subject", request -> request.input("Subject", "x".repeat(2_001)))))
                .flatMap(mistakes -> mistakes);
    }

    private static Stream<Mistake> configuration() {
        return Stream.of(
                configured("Host", null),
                configured("Host", " "),
                configured("Host", "smtp://planted.example.com"),
                configured("Host", "planted.example.com:25"),
                configured("Host", "planted example"),
                configured("Host", "planted\r\nexample"),
                configured("Host", "localhost"),
                configured("Host", "127.0.0.1"),
                configured("Host", "[::1]"),
                configured("Port", null),
                configured("Port", "planted"),
                configured("Port", "0"),
                configured("Port", "-1"),
                configured("Port", "65536"),
                configured("Port", "587.5"),
                configured("Port", "1e999999999"),
                configured("Transport", null),
                configured("Transport", "planted"),
                configured("Username", "planted\u0000"),
                configured("Password", "planted\r\n"),
                withAttachments("Attachments: Source", "box"),
                withAttachments("Attachments: Source", "planted"),
                withAttachments("Attachments: Source", "s3"));
    }

    private static Stream<Mistake> oauth2() {
        UnaryOperator<Samples> url =
                request -> request.configuration("OAuth2 Token URL", "https://login.example.com/token");
        return Stream.of(
                everywhere("OAuth2 Token URL", request -> request.configuration("OAuth2 Client ID", "planted")),
                everywhere("OAuth2 Client Secret and OAuth2 Refresh Token", url),
                everywhere(
                        "OAuth2 Client Secret and OAuth2 Refresh Token",
                        request -> url.apply(request).configuration("OAuth2 Refresh Token", "  ")),
                everywhere(
                        "OAuth2 Client ID",
                        request -> url.apply(request).configuration("OAuth2 Client Secret", "planted")),
                everywhere(
                        "OAuth2 Client Secret holds a private key",
                        request -> url.apply(request)
                                .configuration("OAuth2 Client ID", "id")
                                .configuration(
                                        "OAuth2 Client Secret",
                                        "-----BEGIN PRIVATE KEY-----\nplanted\n-----END PRIVATE KEY-----")),
                everywhere(
                        "OAuth2 Refresh Token holds a private key",
                        request -> url.apply(request)
                                .configuration("OAuth2 Client ID", "id")
                                .configuration("OAuth2 Refresh Token", "{\"private_key\": \"planted\"}")),
                everywhere("Username", request -> url.apply(request).configuration("Username", null)),
                everywhere(
                        "OAuth2 Token URL",
                        request -> request.configuration("OAuth2 Token URL", "planted")
                                .configuration("OAuth2 Client Secret", "planted")),
                everywhere(
                        "OAuth2 Token URL",
                        request -> request.configuration("OAuth2 Token URL", "http://127.0.0.1/planted")
                                .configuration("OAuth2 Client Secret", "planted")));
    }

    private static Stream<Mistake> addresses() {
        return Stream.of(
                simple("From", request -> request.input("From", null).configuration("Username", null)),
                simple("From", request -> request.input("From", null).configuration("Username", "planted")),
                simple(
                        "From: \"a@a.example;b@example.com\" is not an email address.",
                        request -> request.input("From", "a@a.example;b@example.com")),
                simple("To", request -> request.input("To", null)),
                simple("To", request -> request.input("To", " ; ;")),
                simple(
                        "To: \"anna@\" is not an email address.",
                        request -> request.input("To", "a@example.com;;anna@;planted;b@example.com")),
                simple(
                        "To: \"Bcc: x@example.com\" is not an email address.",
                        request -> request.input("To", "planted@example.com\r\nBcc: x@example.com")),
                simple("To has 1001 entries", request -> request.input("To", "planted,".repeat(1_001))),
                simple("To", request -> request.input("To", "a@example.com;".repeat(101))),
                full("From must be one Contact", request -> request.contacts("From")),
                full(
                        "From must be one Contact",
                        request -> request.contacts("From", "planted@example.com", null, "b@example.com", null)),
                full("From, Email", request -> request.contacts("From", null, "Planted")),
                full("To", request -> request.contacts("To")),
                full(
                        "To, contact 2: \"anna\" is not an email address.",
                        request -> request.contacts("To", "a@example.com", null, "anna", null)),
                email("To (CC), contact 1, Email", request -> request.contacts("To (CC)", "", "Planted")),
                email(
                        "To (BCC), contact 1: \"@nobody\" is not an email address.",
                        request -> request.contacts("To (BCC)", "@nobody", null)),
                full("Reply To: \"desk\" is not an email address.", request -> request.input("Reply To", "desk")),
                full(
                        "Reply To: \"a@example.com; b@example.com\" is not an email address.",
                        request -> request.input("Reply To", "a@example.com; b@example.com")),
                full(
                        "To",
                        request -> request.contacts(
                                "To",
                                IntStream.rangeClosed(1, 101)
                                        .boxed()
                                        .flatMap(number -> Stream.of("planted" + number + "@example.com", ""))
                                        .toArray(String[]::new))));
    }

    private static Stream<Mistake> attachments() {
        return Stream.of(
                full("Attachments, file 1", request -> request.attachment("Name", "a.txt")),
                full("Attachments, file 1 (a.txt)", request -> request.attachment("Id", "planted", "Name", "a.txt")),
                full(
                        "Attachments, file 2",
                        request -> request.attachment("Download Uri", "https://example.com/planted")
                                .attachment("Id", "../planted")),
                full(
                        "Attachments, file 1, Download Uri",
                        request -> request.attachment("Download Uri", "file:///planted")),
                full(
                        "Attachments, file 1, Download Uri",
                        request -> request.attachment("Download Uri", "https://user:planted@example.com/")),
                full(
                        "Attachments, file 1, Download Uri",
                        request -> request.attachment("Download Uri", "http://[::1]/planted")),
                full("Attachments, file 1: the Id", request -> request.attachment("Id", "x".repeat(1_025))),
                full("Attachments holds 51", request -> {
                    IntStream.range(0, 51).forEach(number -> request.attachment("Id", "planted"));
                    return request;
                }),
                full("Attachments: S3 Bucket", request -> s3(request, "Attachments: S3 Bucket")),
                full("Attachments: S3 Region", request -> s3(request, "Attachments: S3 Region")),
                full("Attachments: S3 Access Key", request -> s3(request, "Attachments: S3 Access Key")),
                full("Attachments: S3 Secret Key", request -> s3(request, "Attachments: S3 Secret Key")),
                full(
                        "Attachments: S3 Endpoint",
                        request -> s3(request, "").configuration("Attachments: S3 Endpoint", "planted")),
                full(
                        "Attachments, file 1",
                        request -> s3(request, "").attachment("Download Uri", "https://example.com/planted")));
    }

    private static Stream<Mistake> outcomes() {
        return Stream.of(
                choices("outcomes, outcome 2", request -> request.outcome(null, "planted", "planted", 0)),
                choices("outcomes, outcome 2", request -> request.outcome("", "planted", "planted", 0)),
                choices("outcomes, outcome 2", request -> request.outcome("planted", null, "", 0)),
                choices("outcomes, outcome 2", request -> request.outcome("planted", "a", "x".repeat(501), 0)),
                choices("outcomes holds 51", request -> {
                    IntStream.range(0, 50).forEach(number -> request.outcome("id" + number, "n", null, number));
                    return request;
                }));
    }

    private static Stream<Mistake> rules() {
        return Stream.of(
                ruled("Timeout", "planted"),
                ruled("Timeout", "0 seconds"),
                ruled("Timeout", "PT0.5S"),
                ruled("Timeout", "PT1.5S"),
                ruled("Timeout", "-PT1H"),
                ruled("Timeout", "P120D"),
                ruled("Timeout", "119 days 1 hour"),
                ruled("Timeout", "999999999 weeks"),
                ruled("Timeout", "P1M"),
                ruled("Remind Every", "planted"),
                ruled("Timeout Outcome", "planted"),
                ruled("Timeout Outcome", "Go"),
                ruled("Veto Outcome", "planted"),
                ruled("Answers Needed", "planted"),
                ruled("Answers Needed", "0"),
                ruled("Answers Needed", "-1"),
                ruled("Answers Needed", "1.5"),
                ruled("Answers Needed", "2"),
                ruled("Comments", "planted"),
                ruled("After Answer", "planted"),
                ruled("Confirmation", "planted"),
                ruled("Proof", "planted"),
                ruled("Proof", "go;Go"),
                ruled("Proof", "FAULT"),
                ruled("Proof", "all;go"),
                ruled("Hidden Outcomes", "planted"),
                ruled("Hold", "planted"),
                ruled("Hold", "0 seconds"),
                ruled("Hold", "PT0.5S"),
                ruled("Hold", "61 minutes"),
                ruled("Hold", "PT1H1S"),
                ruled("Time Zone", "Planted/Nowhere"),
                ruled("Time Zone", "+02:00"),
                ruled("Time Zone", "x".repeat(1_000)),
                choices(
                        "Requester: \"boss@\" is not an email address.",
                        request -> request.input("Requester", "boss@")),
                selfDecided("boss@example.com", "Boss@Example.COM"),
                selfDecided("boss@m\u00fcnchen.example", "boss@xn--mnchen-3ya.example"),
                selfDecided("boss@XN--mnchen-3ya.example", "boss@mu\u0308nchen.example"),
                selfDecided("\"boss\"@example.com", "boss@example.com"),
                selfDecided("b\u00f6ss@example.com", "bo\u0308ss@example.com"),
                choices(
                        "Timeout Outcome",
                        request -> request.outcome("other", "go", null, 1).input("Timeout Outcome", "go")),
                choices(
                        "Veto Outcome",
                        request -> request.outcome("other", "go", null, 1).input("Veto Outcome", "go")),
                choices(
                        "Answers Needed",
                        request -> request.contacts("To", "a@example.com", null, "A@example.com", null)
                                .input("Answers Needed", "2")));
    }

    private static Stream<Mistake> flow() {
        return Stream.of(
                choices("token", request -> request.property("token", null)),
                choices("token", request -> request.property("token", " ")),
                choices("tenantId", request -> request.property("tenantId", null)),
                choices("callbackUri", request -> request.property("callbackUri", null)),
                choices("callbackUri", request -> request.property("callbackUri", "planted")),
                choices("callbackUri", request -> request.property("callbackUri", "/planted")),
                choices("callbackUri", request -> request.property("callbackUri", "ftp://planted.example.com/")),
                choices("callbackUri", request -> request.property("callbackUri", "https:///planted")),
                choices("callbackUri", request -> request.property("callbackUri", "https://a:planted@example.com/")),
                choices("callbackUri", request -> request.property("callbackUri", "http://localhost/planted")),
                choices("callbackUri", request -> request.property("callbackUri", "http://127.0.0.1:8080/planted")));
    }

    private static Samples s3(Samples request, String missing) {
        request.configuration("Attachments: Source", "s3");
        Stream.of("S3 Bucket", "S3 Region", "S3 Access Key", "S3 Secret Key")
                .map("Attachments: "::concat)
                .filter(name -> !name.equals(missing))
                .forEach(name -> request.configuration(name, "planted"));
        return request;
    }

    private static Mistake configured(String name, @Nullable String value) {
        return everywhere(name, request -> request.configuration(name, value));
    }

    private static Mistake withAttachments(String name, String value) {
        return full("Attachments: ", request -> request.configuration(name, value));
    }

    private static Mistake selfDecided(String recipient, String requester) {
        return choices(
                "Requester is also one of the recipients in To",
                request -> request.contacts("To", "a@example.com", null, recipient, "Boss")
                        .input("Requester", "The Boss <" + requester + ">"));
    }

    private static Mistake ruled(String input, String value) {
        return choices(input, request -> request.input(input, value));
    }

    private static Mistake everywhere(String named, UnaryOperator<Samples> change) {
        return new Mistake(named, change, List.of(ActionNames.SIMPLE, ActionNames.EMAIL, ActionNames.DECISION));
    }

    private static Mistake full(String named, UnaryOperator<Samples> change) {
        return new Mistake(named, change, List.of(ActionNames.EMAIL, ActionNames.DECISION));
    }

    private static Mistake simple(String named, UnaryOperator<Samples> change) {
        return new Mistake(named, change, List.of(ActionNames.SIMPLE));
    }

    private static Mistake email(String named, UnaryOperator<Samples> change) {
        return new Mistake(named, change, List.of(ActionNames.EMAIL));
    }

    private static Mistake choices(String named, UnaryOperator<Samples> change) {
        return new Mistake(named, change, List.of(ActionNames.DECISION));
    }

    record Mistake(String named, UnaryOperator<Samples> change, List<String> actions) {
        @Override
        public String toString() {
            return named;
        }
    }
}
