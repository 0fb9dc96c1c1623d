package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.WebServer;
import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.ServiceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EndToEnd.class)
class OAuth2IT {
    private static final String TOKEN =
            "{\"access_token\":\"planted-token\",\"token_type\":\"Bearer\",\"expires_in\":3600}";

    private final World world;

    OAuth2IT(World world) {
        this.world = world;
    }

    @Test
    void mailsAndDecisionsGoOutWithOneAccessToken() throws IOException {
        List<String> forms = new CopyOnWriteArrayList<>();
        try (WebServer tokens = new WebServer().on("/", exchange -> {
            forms.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            WebServer.answer(exchange, 200, TOKEN);
        })) {
            int port = tokens.port();
            String plain = world.person("plain");
            world.engine.send(
                    world.flowmail().connector(),
                    signedIn(port, world.engine.request(Action.SIMPLE).from("flow@example.com", null))
                            .to(plain)
                            .subject("Hello")
                            .body("Hello"));
            world.mailTo(plain);
            String anna = world.person("anna");
            world.ask(signedIn(port, world.question(anna)));
            world.mailTo(anna);
        }
        assertThat(forms).singleElement().asString().contains("grant_type=refresh_token", "planted-refresh");
        assertThat(Files.readString(world.flowmail().log())).doesNotContain("planted-");
    }

    private static ServiceRequest signedIn(int port, ServiceRequest request) {
        return request.configuration("Username", "flow@example.com")
                .configuration("OAuth2 Token URL", "http://127.0.0.1:" + port + "/token")
                .configuration("OAuth2 Client ID", "client")
                .configuration("OAuth2 Client Secret", "planted-secret")
                .configuration("OAuth2 Refresh Token", "planted-refresh");
    }
}
