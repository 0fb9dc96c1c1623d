package dev.flowmail.simulator.e2e;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.MediaType;

@ExtendWith(EndToEnd.class)
class SecretsIT {
    private final World world;
    private final List<String> planted = new ArrayList<>();

    SecretsIT(World world) {
        this.world = world;
    }

    @Test
    void nothingThatPeopleOrServersEntrustToFlowmailIsKeptInClear() throws IOException {
        String anna = plant("anna") + "@example.com";
        Answer upload = world.engine.upload(
                world.flowmail().connector(),
                "notes.txt",
                MediaType.TEXT_PLAIN,
                (plant("upload") + "\n").repeat(2000).getBytes(UTF_8));

        Flow flow = world.ask(fill(world.question(anna))
                .html("<p>" + (plant("longbody") + " ").repeat(3000) + "</p>")
                .attachments(FlowEngine.file(upload)));
        planted.add(flow.token());
        Page page = world.open(anna, "Approve");
        planted.add(page.address().getPath().replaceFirst(".*/", ""));
        world.confirmed(() -> world.recipient.submit(page));
        world.lateAnswer(flow);
        String ben = plant("ben") + "@example.com";
        world.engine.send(
                world.flowmail().connector(),
                fill(world.engine
                        .request(Action.SIMPLE)
                        .from(plant("from") + "@example.com", null)
                        .to(ben)));
        world.mailTo(ben);

        Map<Path, String> files = contents();
        assertThat(files.values()).as("the database").anyMatch(content -> content.contains("DecisionWorkflow"));
        for (String secret : planted) {
            for (String form : forms(secret)) {
                assertThat(files)
                        .allSatisfy((file, content) -> assertThat(content.contains(form))
                                .as(secret + " in " + file)
                                .isFalse());
            }
        }
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
        try (Stream<Path> files = Files.walk(world.flowmail().dataDirectory())) {
            Map<Path, String> contents = new java.util.HashMap<>();
            for (Path file : Stream.concat(
                            files.filter(Files::isRegularFile),
                            Stream.of(world.flowmail().log()))
                    .toList()) {
                contents.put(file, Files.readString(file, ISO_8859_1));
            }
            return contents;
        }
    }

    /** The secret as it is, and what base64 makes of it at each of the three places that it can have in a group. */
    private static List<String> forms(String secret) {
        List<String> forms = new ArrayList<>(List.of(secret));
        for (int shift = 0; shift < 3; shift++) {
            String encoded = Base64.getEncoder().encodeToString(("x".repeat(shift) + secret).getBytes(UTF_8));
            int firstWhole = (shift * 8 + 5) / 6;
            int afterLastWhole = (shift + secret.length()) * 8 / 6;
            forms.add(encoded.substring(firstWhole, afterLastWhole));
        }
        return forms;
    }
}
