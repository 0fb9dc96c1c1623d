package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.Command;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.verification.programs.PackagedFlowmail;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Receipts of the packaged program, as an auditor checks them: with another language's library, and without a network. */
@ExtendWith(EndToEnd.class)
class ReceiptsIT {
    private final World world;
    private String said = "";
    private final String anna;
    private final Flow flow;
    private final Path files;

    ReceiptsIT(World world) {
        this.world = world;
        anna = world.person("anna");
        flow = world.ask(world.question(anna).text("Comments", "optional"));
        files = world.directory("receipts").toAbsolutePath();
    }

    @BeforeEach
    void decide() throws IOException {
        world.decide(anna, "Reject");
        write("receipt.jws", world.lateAnswer(flow).output("Receipt"));
        write(
                "jwks.json",
                world.recipient
                        .open(world.flowmail().address("/.well-known/jwks.json"))
                        .html());
        write("message.eml", mail().source());
        write("verify.py", Python.exampleOf("receipts.md"));
    }

    @Test
    void anotherLanguagesLibraryReadsWhatIsSigned() throws IOException {
        assertThat(checkInPython()).isZero();

        JsonNode claims = JsonMapper.shared().readTree(said);
        assertThat(claims.path("iss").asString())
                .isEqualTo(world.flowmail().address("").toString());
        assertThat(claims.path("tenant").asString()).isEqualTo(FlowEngine.TENANT);
        assertThat(claims.path("state").asString()).isEqualTo(flow.stateId());
        assertThat(claims.path("status").asString()).isEqualTo("Decided");
        assertThat(claims.path("outcome").asString()).isEqualTo("Reject");
        assertThat(claims.path("decided_by").asString()).isEqualTo(anna);
        assertThat(claims.path("answers").path(0).path("mailbox").asString()).isEqualTo(anna);
        assertThat(claims.path("answers").path(0).path("method").asString()).isEqualTo("button");
        assertThat(claims.path("rules").path("needed").asInt()).isEqualTo(1);
        assertThat(claims.has("exp")).isFalse();
    }

    @Test
    void anotherLanguagesLibraryRefusesWhatWasChanged() throws IOException {
        String receipt = read("receipt.jws");
        int within = receipt.indexOf('.') + 30;
        char changed = receipt.charAt(within) == 'A' ? 'B' : 'A';
        write("receipt.jws", receipt.substring(0, within) + changed + receipt.substring(within + 1));

        assertThat(checkInPython()).isNotZero();
        assertThat(said).contains("Signature verification failed");
    }

    @Test
    void thePublicKeysAreAJwkSet() throws IOException {
        JsonNode keys = JsonMapper.shared().readTree(read("jwks.json")).path("keys");
        String header =
                new String(Base64.getUrlDecoder().decode(read("receipt.jws").split("\\.", -1)[0]), UTF_8);

        assertThat(keys).hasSize(1);
        assertThat(keys.path(0).has("d")).isFalse();
        assertThat(JsonMapper.shared().readTree(header).path("kid"))
                .isEqualTo(keys.path(0).path("kid"));
    }

    @Test
    void theReceiptFromThePageIsTheOneThatFlowWasGiven() throws IOException {
        URI page = URI.create(mail().link("Approve") + "?receipt");

        assertThat(world.recipient.open(page).html().strip()).isEqualTo(read("receipt.jws"));
    }

    @Test
    void theEmailThatWasReceivedIsKnownAndAnotherIsNot() throws IOException {
        assertThat(verify("--mail", "message.eml")).as(said).isZero();
        assertThat(said).contains("The receipt is genuine.", "sent to " + anna);

        write(
                "message.eml",
                "Received: from elsewhere\r\n by here;\r\n\tSat, 28 Nov 2026 10:00:00 +0000\r\n" + read("message.eml"));
        assertThat(verify("--mail", "message.eml"))
                .as("as a server hands it on")
                .isZero();

        write("message.eml", read("message.eml").replace("ten chairs", "two chairs"));
        assertThat(verify("--mail", "message.eml")).isEqualTo(1);
        assertThat(said).contains("differs in: text");
    }

    private int checkInPython() {
        return run(List.of(Python.executable(), "verify.py"));
    }

    private int verify(String... more) {
        List<String> usual = PackagedFlowmail.command("verify", "receipt.jws", "--keys", "jwks.json");
        return run(Stream.concat(usual.stream(), Stream.of(more)).toList());
    }

    private int run(List<String> command) {
        Command.Ended ended = new Command(command).in(files).run();
        said = ended.said();
        return ended.code();
    }

    private ReceivedMail mail() {
        return world.mailTo(anna);
    }

    private String read(String name) throws IOException {
        return Files.readString(files.resolve(name), ISO_8859_1);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(files.resolve(name), content, ISO_8859_1);
    }
}
