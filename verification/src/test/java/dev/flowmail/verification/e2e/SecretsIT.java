package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Answer;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.engine.ServiceRequest;
import dev.flowmail.simulator.engine.Who;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.MediaType;

/** With every logger that says so little as to be of use in production asked for more. */
@ExtendWith(EndToEnd.class)
class SecretsIT {
    /** What an answer repeats, and nothing else does: its caller must see which address is meant. */
    private static final String REPEATED = "spaces";

    private final World world;
    private final FlowmailProcess flowmail;
    private final List<String> planted = new ArrayList<>();

    SecretsIT(World world) {
        this.world = world;
        this.flowmail = new FlowmailProcess(
                "secrets",
                world.directory("secrets"),
                Map.of("LOGGING_LEVEL_ROOT", "DEBUG", "LOGGING_LEVEL_ORG_SPRINGFRAMEWORK_WEB", "DEBUG"));
    }

    @BeforeEach
    void start() {
        flowmail.start();
    }

    @AfterEach
    void stop() {
        flowmail.close();
    }

    @Test
    void nothingThatPeopleOrServersEntrustToFlowmailIsKeptInClear() throws IOException {
        String anna = plant("anna") + "@example.com";
        Answer upload = world.engine.upload(
                flowmail.connector(),
                "notes.txt",
                MediaType.TEXT_PLAIN,
                (plant("upload") + "\n").repeat(2000).getBytes(UTF_8));

        Flow flow = world.ask(
                flowmail.connector(),
                fill(world.question(anna))
                        .html("<p>" + (plant("longbody") + " ").repeat(3000) + "</p>")
                        .attachments(FlowEngine.file(upload)));
        planted.add(flow.token());
        Page page = world.open(anna, "Approve");
        planted.add(page.address().getPath().replaceFirst(".*/", ""));
        world.confirmed(() -> world.recipient.submit(page));
        world.lateAnswer(flow);
        String ben = plant("ben") + "@example.com";
        world.engine.send(
                flowmail.connector(),
                fill(world.engine
                        .request(Action.SIMPLE)
                        .from(plant("from") + "@example.com", null)
                        .to(ben)));
        world.mailTo(ben);
        Map<Path, String> files = new HashMap<>(answersToMistakes());
        for (String path :
                List.of("/actuator", "/actuator/prometheus", "/actuator/health", "/decide/" + planted.get(0))) {
            files.put(
                    Path.of(path), world.recipient.open(flowmail.address(path)).html());
        }

        files.putAll(contents());
        assertThat(Files.readString(flowmail.log()))
                .as("the log at debug level")
                .contains(" DEBUG ");
        assertThat(files.values()).as("the database").anyMatch(content -> content.contains("DecisionWorkflow"));
        for (String secret : planted) {
            for (String form : forms(secret)) {
                assertThat(files)
                        .allSatisfy((file, content) -> assertThat(content.contains(form))
                                .as(secret + " in " + file)
                                .isEqualTo(form.startsWith(REPEATED) && file.equals(Path.of("answer 0"))));
            }
        }
    }

    /** What Flow is told of requests that are wrong. */
    private Map<Path, String> answersToMistakes() {
        Map<Path, String> answers = new HashMap<>();
        List<ServiceRequest> mistakes = List.of(
                fill(world.question(plant(REPEATED) + " @ example.com")),
                fill(world.question("a@example.com")).configuration("Port", plant("port")),
                fill(world.question("a@example.com")).configuration("Transport", plant("transport")),
                fill(world.question("a@example.com")).text("Timeout", plant("timeout")),
                fill(world.question("a@example.com")).text("Veto Outcome", plant("veto")));
        for (ServiceRequest mistake : mistakes) {
            Flow flow = world.engine.send(flowmail.connector(), mistake);
            assertThat(flow.answered().status()).isEqualTo(400);
            answers.put(
                    Path.of("answer " + answers.size()), flow.answered().json().toString());
        }
        return answers;
    }

    private ServiceRequest fill(ServiceRequest request) {
        return request.subject(plant("subject"))
                .body(plant("body"))
                .configuration("Username", plant("user") + "@example.com")
                .configuration("Password", plant("password"))
                .who(Who.loggedIn(FlowEngine.TENANT, plant("who") + "@example.com"));
    }

    private String plant(String kind) {
        String secret = kind + UUID.randomUUID().toString().replace("-", "");
        planted.add(secret);
        return secret;
    }

    private Map<Path, String> contents() throws IOException {
        try (Stream<Path> files = Files.walk(flowmail.dataDirectory())) {
            Map<Path, String> contents = new HashMap<>();
            for (Path file : Stream.concat(files.filter(Files::isRegularFile), Stream.of(flowmail.log()))
                    .toList()) {
                contents.put(file, Files.readString(file, ISO_8859_1));
            }
            return contents;
        }
    }

    /** The secret as it is, in hexadecimal, and in base64 at each of the three places that it can have in a group. */
    private static List<String> forms(String secret) {
        String hexadecimal = HexFormat.of().formatHex(secret.getBytes(UTF_8));
        List<String> forms = new ArrayList<>(List.of(secret, hexadecimal, hexadecimal.toUpperCase(Locale.ROOT)));
        for (int shift = 0; shift < 3; shift++) {
            String encoded = Base64.getEncoder().encodeToString(("x".repeat(shift) + secret).getBytes(UTF_8));
            int firstWhole = (shift * 8 + 5) / 6;
            int afterLastWhole = (shift + secret.length()) * 8 / 6;
            forms.add(encoded.substring(firstWhole, afterLastWhole));
        }
        return forms;
    }
}
