package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Answer;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.inbox.ReceivedMail;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(EndToEnd.class)
class ActionsIT {
    private final World world;

    ActionsIT(World world) {
        this.world = world;
    }

    @Test
    void theConnectorDescribesItsThreeActions() {
        Answer answer = world.engine.describe(world.flowmail().connector());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("actions").findValuesAsString("uriPart"))
                .containsExactlyInAnyOrder("actions/email", "actions/email-simple", "actions/email-choices");
    }

    @Test
    void aSimpleMailReachesEveryAddressBetweenSemicolons() {
        String anna = world.person("anna");
        String ben = world.person("ben");

        Flow flow = world.engine.send(
                world.flowmail().connector(),
                world.engine
                        .request(Action.SIMPLE)
                        .from("flow@example.com", null)
                        .text("To", " " + anna + " ;; " + ben + ";")
                        .subject("Grüße aus 東京")
                        .body("<p>Your order was <b>shipped</b>.</p>"));

        assertThat(flow.answered().invokeType()).isEqualTo("FORWARD");
        for (String address : List.of(anna, ben)) {
            ReceivedMail mail = world.mailTo(address);
            assertThat(mail.subject()).isEqualTo("Grüße aus 東京");
            assertThat(mail.html()).contains("<b>shipped</b>");
            assertThat(mail.visibleRecipients()).containsExactlyInAnyOrder(anna, ben);
            assertThat(mail.header("Auto-Submitted")).isNullOrEmpty();
        }
    }

    @Test
    void aMailShowsToAndCcButNotBcc() {
        String to = world.person("to");
        String cc = world.person("cc");
        String bcc = world.person("bcc");

        world.engine.send(
                world.flowmail().connector(),
                world.engine
                        .request(Action.EMAIL)
                        .from("flow@example.com", "Müller, \"Purchasing\"")
                        .to(to)
                        .contacts("To (CC)", cc)
                        .contacts("To (BCC)", bcc)
                        .subject("Hello")
                        .body("Plain words")
                        .html("<p>Pretty words</p>"));

        for (String address : List.of(to, cc, bcc)) {
            ReceivedMail mail = world.mailTo(address);
            assertThat(mail.visibleRecipients()).containsExactlyInAnyOrder(to, cc);
            assertThat(mail.source()).doesNotContain(bcc);
            assertThat(mail.text().strip()).isEqualTo("Plain words");
            assertThat(mail.html()).contains("<p>Pretty words</p>");
        }
        assertThat(world.mailTo(to).header("From"))
                .contains("Müller, ")
                .contains("Purchasing")
                .contains("<flow@example.com>");
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"EMAIL", "DECISION"})
    void anUploadedFileArrivesWithTheMail(Action action) {
        byte[] content = randomBytes(3_000_000);
        String anna = world.person("anna");
        Answer upload = world.engine.upload(
                world.flowmail().connector(), "Übersicht 2026.pdf", MediaType.APPLICATION_PDF, content);
        assertThat(upload.status()).as(upload.body()).isEqualTo(200);

        world.engine.send(
                world.flowmail().connector(),
                world.engine
                        .request(action)
                        .from("flow@example.com", null)
                        .to(anna)
                        .subject("The figures")
                        .attachments(FlowEngine.file(upload)));

        assertThat(world.mailTo(anna).attachments())
                .containsExactly(new ReceivedMail.AttachedFile(
                        "Übersicht 2026.pdf", "application/pdf", content.length, sha256(content)));
    }

    @Test
    void aBodyOfFiveMegabytesReachesThreeRecipientsWhole() {
        String line = "<p>0123456789 abcdefghijklmnopqrstuvwxyz ÄÖÜ 東京 0123456789</p>\n";
        String html = line.repeat(5_000_000 / line.getBytes(UTF_8).length) + "<p>the very end</p>";
        String[] people = {world.person("anna"), world.person("ben"), world.person("cleo")};

        world.ask(world.question(people).html(html));

        for (String address : people) {
            ReceivedMail mail = world.mailTo(address);
            assertThat(mail.html().split("<p>0123456789", -1)).hasSize(html.split("<p>0123456789", -1).length);
            assertThat(mail.html()).contains("東京").contains("the very end");
            assertThat(mail.htmlLinks()).isNotEmpty();
        }
        assertThat(world.decide(people[2], "Approve").status()).isEqualTo(200);
    }

    @Test
    void aDecisionRequestWithoutOutcomesIsAPlainMail() {
        String anna = world.person("anna");

        Flow flow = world.engine.send(
                world.flowmail().connector(), world.question(anna).outcomes());

        assertThat(flow.answered().invokeType()).isEqualTo("FORWARD");
        ReceivedMail mail = world.mailTo(anna);
        assertThat(mail.text()).contains("May we order ten chairs?");
        assertThat(mail.source()).doesNotContain("/decide/");
    }

    @Test
    void whatFlowReallySentIsAnsweredAsTheOriginalDid() throws IOException {
        Flow simple = replay(Action.SIMPLE, "email-simple");
        assertThat(json(simple)).isEqualTo(sample("email-simple-response"));
        assertThat(world.mailTo("test2@mailaccount.com").subject()).isEqualTo("Email subject");

        Flow email = replay(Action.EMAIL, "email");
        assertThat(json(email)).isEqualTo(sample("email-response"));
        assertThat(world.mailTo("bcc@manywho.com").to()).contains("Test To").contains("to@manywho.com");

        Flow choices = replay(Action.DECISION, "email-choices");
        JsonNode waits = sample("email-choices-response");
        // the original said nothing to whoever has the flow open
        ((ObjectNode) waits).set("waitMessage", json(choices).path("waitMessage"));
        assertThat(json(choices)).isEqualTo(waits);
        assertThat(json(choices).path("waitMessage").asString()).contains("waiting for a decision");
        ReceivedMail question = world.inbox.mailsTo("to@manywho.com").stream()
                .filter(mail -> !mail.htmlLinks().isEmpty())
                .findFirst()
                .orElseGet(() -> lastMailTo("to@manywho.com"));
        assertThat(world.confirmed(() -> world.recipient.submit(world.recipient.open(question.link("go"))))
                        .status())
                .isEqualTo(200);
        assertThat(world.lateAnswer(choices).outcomeId()).isEqualTo("05b326b8-fd07-4909-80f1-7e1e1ecce6bf");
    }

    private ReceivedMail lastMailTo(String address) {
        World.patiently().until(() -> world.inbox.mailsTo(address).size() == 2);
        return world.inbox.mailsTo(address).get(1);
    }

    private Flow replay(Action action, String name) throws IOException {
        return world.engine.send(world.flowmail().connector(), world.engine.recorded(action, read(name + "-request")));
    }

    private static JsonNode json(Flow flow) {
        return flow.answered().json();
    }

    private static JsonNode sample(String name) throws IOException {
        return JsonMapper.shared().readTree(read(name));
    }

    private static String read(String name) throws IOException {
        try (InputStream file = ActionsIT.class.getResourceAsStream("/samples/" + name + ".json")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
        }
    }

    private static byte[] randomBytes(int size) {
        byte[] bytes = new byte[size];
        new Random(4711).nextBytes(bytes);
        byte[] pdf = "%PDF-1.7\n".getBytes(UTF_8);
        System.arraycopy(pdf, 0, bytes, 0, pdf.length);
        return Arrays.copyOf(bytes, size);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
