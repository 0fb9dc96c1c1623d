package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.engine.Answer;
import dev.flowmail.simulator.engine.Connector;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.engine.Who;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpHeaders;

@ExtendWith(EndToEnd.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationIT {
    private static final String BASIC = basic("correct horse");

    private final World world;
    private final FlowmailProcess flowmail;

    AuthorizationIT(World world) {
        this.world = world;
        this.flowmail = new FlowmailProcess(
                        "authorized",
                        world.directory("authorized"),
                        Map.of("FLOWMAIL_AUTH_USERNAME", "flow", "FLOWMAIL_AUTH_PASSWORD", "correct horse"))
                .start();
    }

    @AfterAll
    void stop() {
        flowmail.close();
    }

    @Test
    void callsWithoutTheRightPasswordAreRefused() {
        assertThat(describe(who -> List.of()).status()).isEqualTo(401);
        assertThat(describe(who -> List.of(who.header())).status()).isEqualTo(401);
        assertThat(describe(who -> List.of(basic("wrong"), who.header())).status())
                .isEqualTo(401);
        assertThat(describe(who -> List.of()).headers().getFirst("X-ManyWho-Service-Problem-Kind"))
                .isEqualTo("service");
        assertThat(describe(who -> List.of(BASIC)).status()).isEqualTo(200);
        assertThat(world.recipient.open(flowmail.address("/api/email/1/health")).status())
                .isEqualTo(200);
    }

    @Test
    void theUserBesideThePasswordIsTheOneOfTheCallback() {
        assertThat(callbackUser(who -> List.of(BASIC, who.header()))).contains("sam@flow.example");
        assertThat(callbackUser(who -> List.of(who.header(), BASIC))).contains("sam@flow.example");
        assertThat(callbackUser(who -> List.of(BASIC + ", " + who.header()))).contains("sam@flow.example");
    }

    @Test
    void withoutAUserTheCallbackIsForThePublicOne() {
        assertThat(callbackUser(who -> List.of(BASIC)).split("&"))
                .contains(
                        "ManyWhoTenantId=" + FlowEngine.TENANT,
                        "ManyWhoUserId=52DF1A90-3826-4508-B7C2-CDE8AA5B72CF",
                        "DirectoryId=UNAUTHENTICATED",
                        "UserId=PUBLIC_USER");
    }

    private Answer describe(Function<Who, List<String>> authorization) {
        return world.engine.describe(connector(authorization));
    }

    /** The decoded user of the callback for a request with these headers. */
    private String callbackUser(Function<Who, List<String>> authorization) {
        String anna = world.person("anna");
        Flow flow = world.ask(connector(authorization), world.question(anna));
        world.decide(anna, "Approve");
        String header = Objects.requireNonNull(world.lateAnswer(flow).headers().getFirst(HttpHeaders.AUTHORIZATION));
        return URLDecoder.decode(header, UTF_8);
    }

    private Connector connector(Function<Who, List<String>> authorization) {
        return new Connector(flowmail.address("/api/email/1"), authorization);
    }

    private static String basic(String password) {
        return "Basic " + HttpHeaders.encodeBasicAuth("flow", password, UTF_8);
    }
}
