package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flowmail.simulator.engine.Answer;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.engine.ServiceRequest;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.recipient.Page;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What receipts say, of every end, of the mails that really came and of what people did. */
@ExtendWith(EndToEnd.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceiptContentsIT {
    private static final byte[] OFFER = "Ten chairs, 1,200 euros".getBytes(UTF_8);

    private final RefusingMailServer refusing = new RefusingMailServer();
    private final World world;
    private final Operator operator;

    ReceiptContentsIT(World world) {
        this.world = world;
        this.operator = new Operator(world.flowmail());
    }

    @AfterAll
    void close() {
        refusing.close();
    }

    /**
     * An end that Flow is told.
     *
     * @param outcome that Flow is told; empty for a fault
     * @param answers that were given
     * @param of brings a request to this end, whose first recipient this is
     */
    private record End(String status, String outcome, List<String> answers, Function<String, Flow> of) {}

    Stream<Named<End>> ends() {
        return Stream.of(
                end("an answer decides", "Decided", "Reject", List.of("Reject"), anna -> answered(anna, "Reject")),
                end("an operator releases a held one", "Decided", "Approve", List.of("Approve"), this::released),
                end(
                        "time is up, an outcome stands for that",
                        "TimedOut",
                        "Reject",
                        List.of(),
                        anna -> world.ask(
                                world.question(anna).text("Timeout", "PT2S").text("Timeout Outcome", "Reject"))),
                end(
                        "time is up",
                        "TimedOut",
                        "",
                        List.of(),
                        anna -> world.ask(world.question(anna).text("Timeout", "PT2S"))),
                end("nobody agrees", "NoAgreement", "", List.of("Approve", "Reject"), this::disagreed),
                end("no mail server takes the mail", "MailFailed", "", List.of(), this::refused),
                end("an operator withdraws it", "Withdrawn", "", List.of(), this::withdrawn),
                end("an operator cancels it", "Withdrawn", "", List.of(), this::cancelled));
    }

    private static Named<End> end(
            String name, String status, String outcome, List<String> answers, Function<String, Flow> of) {
        return Named.of(name, new End(status, outcome, answers, of));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void everyEndThatFlowIsToldHasAReceiptWhichSaysSo(End end) {
        String anna = world.person("anna");
        Flow flow = end.of().apply(anna);
        SignedReceipt receipt = world.receipt(flow);

        assertThat(receipt.isGenuine(publishedKeys())).isTrue();
        assertThat(receipt.header().path("alg").asString()).isEqualTo("ES256");
        assertThat(receipt.header().path("typ").asString()).isEqualTo("decision-receipt+jwt");
        JsonNode claims = receipt.claims();
        assertThat(claims.path("iss").asString())
                .isEqualTo(world.flowmail().address("").toString());
        assertThat(claims.path("jti").asString()).matches("decision-[0-9a-f]{40}");
        assertThat(Instant.ofEpochSecond(claims.path("iat").asLong()))
                .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(claims.has("exp")).isFalse();
        assertThat(claims.path("tenant").asString()).isEqualTo(FlowEngine.TENANT);
        assertThat(claims.path("state").asString()).isEqualTo(flow.stateId());
        assertThat(claims.path("status").asString()).isEqualTo(end.status());
        assertThat(claims.path("outcome").asString("")).isEqualTo(end.outcome());
        assertThat(world.engine.flow(flow.token()).chosen().orElse("")).isEqualTo(end.outcome());
        assertThat(claims.path("answers")
                        .valueStream()
                        .map(answer -> answer.path("outcome").asString()))
                .containsExactlyElementsOf(end.answers());
        assertThat(claims.path("shown").path(0).path("mailbox").asString()).isEqualTo(anna);
        assertThat(claims.path("claim").asString()).startsWith("A link that was mailed to this mailbox was used.");
        world.inbox.mailsTo(anna).forEach(mail -> assertDownloadable(mail, receipt));
    }

    private void assertDownloadable(ReceivedMail mail, SignedReceipt receipt) {
        Page page = World.patiently()
                .until(
                        () -> world.recipient.open(mail.link("Approve")),
                        shown -> !shown.document().select("a[href=?receipt]").isEmpty());
        URI file = URI.create(page.document().expectFirst("a[href=?receipt]").absUrl("href"));
        assertThat(world.recipient.open(file).html()).isEqualTo(receipt.jws());
    }

    @Test
    void itHoldsTheHashesOfTheMailsThatCame() {
        String anna = world.person("anna");
        String ben = world.person("ben");
        Answer upload = world.engine.upload(
                world.flowmail().connector(), "Angebot für März.pdf", MediaType.APPLICATION_PDF, OFFER);
        Flow flow = world.ask(world.question(anna, ben)
                .subject("Bestellung für März: “ten chairs”, and a subject that is too long for one line of a mail")
                .body("May we order\r\n\r\n\tten   chairs?")
                .html("<p>May we order <b>ten</b> chairs? 椅子を十脚</p>")
                .attachments(FlowEngine.file(upload)));
        String decision = operator.decision(flow);
        World.patiently()
                .until(() -> operator.state(decision)
                        .path("people")
                        .valueStream()
                        .allMatch(person -> person.path("mail").asString("").equals("SENT")));
        world.decide(anna, "Approve");
        SignedReceipt receipt = world.receipt(flow);

        assertThat(receipt.claims().path("jti").asString()).isEqualTo(decision);
        for (String person : List.of(anna, ben)) {
            ReceivedMail mail = world.mailTo(person);
            assertThat(receipt.mailsTo(person)).hasSize(1);
            JsonNode shown = receipt.mailsTo(person).path(0);
            assertThat(shown.path("subject_sha256").asString()).isEqualTo(SignedReceipt.hash(mail.subject()));
            assertThat(shown.path("text_sha256").asString()).isEqualTo(SignedReceipt.hashOfBody(mail.text()));
            assertThat(shown.path("html_sha256").asString()).isEqualTo(SignedReceipt.hashOfBody(mail.html()));
            assertThat(shown.path("files")).hasSize(1);
            JsonNode file = shown.path("files").path(0);
            assertThat(file.path("name_sha256").asString()).isEqualTo(SignedReceipt.hash("Angebot für März.pdf"));
            assertThat(file.path("sha256").asString()).isEqualTo(SignedReceipt.hash(OFFER));
        }
    }

    @Test
    void itTellsTheRulesAndWhoAnsweredWhatAndHidesTheComment() {
        String anna = world.person("anna");
        String ben = world.person("ben");
        String comment = "Zwölf sind\ngenug \uD83E\uDE91";
        Flow flow = world.ask(world.question(anna, ben)
                .text("Comments", "required")
                .text("Answers Needed", "all")
                .text("Veto Outcome", "Reject")
                .text("Timeout", "2 hours"));
        Instant asked = Instant.now();
        answer(anna, "Approve", "Fine");
        answer(ben, "Reject", comment);
        SignedReceipt receipt = world.receipt(flow);

        JsonNode claims = receipt.claims();
        assertThat(claims.path("outcome").asString()).isEqualTo("Reject");
        assertThat(claims.path("label").asString()).isEqualTo("Reject");
        assertThat(claims.path("decided_by").asString()).isEqualTo(ben);
        assertThat(claims.path("rules").path("needed").asInt()).isEqualTo(2);
        assertThat(claims.path("rules").path("veto").asString()).isEqualTo("Reject");
        assertThat(instant(claims.path("rules").path("deadline")))
                .isCloseTo(asked.plus(2, ChronoUnit.HOURS), within(1, ChronoUnit.MINUTES));
        assertThat(claims.path("answers"))
                .extracting(answer -> answer.path("mailbox").asString())
                .containsExactly(anna, ben);
        assertThat(claims.path("answers"))
                .extracting(answer -> answer.path("method").asString())
                .containsOnly("button");
        JsonNode bens = claims.path("answers").path(1);
        assertThat(bens.path("comment_sha256").asString()).isEqualTo(SignedReceipt.hash(comment));
        assertThat(claims.toString()).doesNotContain("genug", "Fine");
        Instant answered = instant(bens.path("at"));
        assertThat(answered).isEqualTo(instant(claims.path("ended_at")));
        assertThat(claims.path("iat").asLong()).isEqualTo(answered.getEpochSecond());
        assertThat(Instant.parse(world.lateAnswer(flow).output("Decided At")).getEpochSecond())
                .isEqualTo(answered.getEpochSecond());
    }

    private void answer(String person, String label, String comment) {
        Page page = world.open(person, label);
        Element button = page.form().expectFirst("button");
        world.confirmed(() ->
                world.recipient.submit(page, Map.of("comment", comment, button.attr("name"), button.attr("value"))));
    }

    private Flow answered(String anna, String label) {
        Flow flow = world.ask(world.question(anna));
        world.decide(anna, label);
        return flow;
    }

    private Flow released(String anna) {
        Flow flow = world.ask(world.question(anna).text("Hold", "1 hour"));
        world.decide(anna, "Approve");
        operator.update(operator.decision(flow), "release", "{}");
        return flow;
    }

    private Flow disagreed(String anna) {
        String ben = world.person("ben");
        Flow flow = world.ask(world.question(anna, ben).text("Answers Needed", "all"));
        world.decide(anna, "Approve");
        world.decide(ben, "Reject");
        return flow;
    }

    private Flow refused(String anna) {
        ServiceRequest question = world.question(anna).mailServer("127.0.0.1", refusing.port(), "plain");
        return world.ask(question);
    }

    private Flow withdrawn(String anna) {
        Flow flow = asked(anna);
        operator.update(operator.decision(flow), "withdraw", "{}");
        return flow;
    }

    private Flow cancelled(String anna) {
        Flow flow = asked(anna);
        operator.run("workflow", "cancel", "-w", operator.decision(flow));
        return flow;
    }

    private Flow asked(String anna) {
        Flow flow = world.ask(world.question(anna));
        world.mailTo(anna);
        return flow;
    }

    private JsonNode publishedKeys() {
        return JsonMapper.shared()
                .readTree(world.recipient
                        .open(world.flowmail().address("/.well-known/jwks.json"))
                        .html());
    }

    private static Instant instant(JsonNode time) {
        return Instant.parse(time.asString());
    }
}
