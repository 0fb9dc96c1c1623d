package dev.flowmail.api.drain;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.flowmail.api.FlowmailProcess;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program, drained by the command of a process of its own. */
class DrainTests {

    private static final Pattern LINK = Pattern.compile("http://localhost:\\d+(/decide/[\\w-]+)");

    @TempDir
    private static Path directory;

    private static GreenMail mails;
    private static FlowmailProcess flowmail;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        flowmail = new FlowmailProcess(directory.resolve("data"), Map.of("FLOWMAIL_NETWORK_ALLOW", "127.0.0.1"))
                .awaitReady();
    }

    @AfterAll
    static void stop() {
        flowmail.close();
        mails.stop();
    }

    @Test
    void newRequestsAreRefusedUntilItIsUndoneAndAllElseIsServed() throws Exception {
        assertThat(ask("first").statusCode()).isEqualTo(200);
        assertThat(mails.waitForIncomingEmail(30_000, 1)).isTrue();
        String link = link(mails.getReceivedMessages()[0]);

        String drained = flowmail.command("drain");

        assertThat(drained).contains("1 request still waits").endsWith("0");
        HttpResponse<String> refused = ask("second");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.headers().firstValue("X-ManyWho-Service-Problem-Kind"))
                .contains("service");
        assertThat(refused.body()).contains("takes no new requests", "\"statusCode\":503");
        assertThat(ask("first").statusCode())
                .as("what was accepted, asked again")
                .isEqualTo(200);
        assertThat(flowmail.get("/actuator/health/readiness")).isEqualTo(200);
        assertThat(flowmail.get("/")).isEqualTo(200);
        assertThat(flowmail.get(link)).isEqualTo(200);

        flowmail.terminate().startAgain().awaitReady();

        assertThat(flowmail.output()).contains("Drained: new requests are answered 503");
        assertThat(ask("third").statusCode()).isEqualTo(503);
        assertThat(flowmail.command("drain", "--undo"))
                .contains("takes new requests again")
                .endsWith("0");
        assertThat(ask("third").statusCode()).isEqualTo(200);
    }

    /** The decision page that a mail links, as path. */
    private static String link(Part mail) throws IOException, MessagingException {
        if (mail.getContent() instanceof Multipart parts) {
            return link(parts.getBodyPart(0));
        }
        Matcher link = LINK.matcher(mail.getContent().toString());
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private HttpResponse<String> ask(String token) throws IOException, InterruptedException {
        String body = """
                {"token":"%s","tenantId":"t","stateId":"s","callbackUri":"http://127.0.0.1:1/callback",
                "configurationValues":[
                {"developerName":"Host","contentValue":"127.0.0.1","contentType":"ContentString"},
                {"developerName":"Port","contentValue":"%d","contentType":"ContentNumber"},
                {"developerName":"Transport","contentValue":"plain","contentType":"ContentString"}],
                "inputs":[{"developerName":"From","contentType":"ContentObject","objectData":[%s]},
                {"developerName":"To","contentType":"ContentList","objectData":[%s]},
                {"developerName":"Subject","contentValue":"Invoice","contentType":"ContentString"},
                {"developerName":"Body","contentValue":"Text","contentType":"ContentString"}],
                "outcomes":[{"id":"1","developerName":"approve","label":"Approve","order":1}]}
                """.formatted(
                        token, mails.getSmtp().getPort(), contact("flow@example.com"), contact("anna@example.com"));
        return client.send(
                HttpRequest.newBuilder(URI.create(flowmail.url() + "/api/email/1/actions/email-choices"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String contact(String address) {
        return "{\"developerName\":\"Contact\",\"properties\":[{\"developerName\":\"Email\",\"contentValue\":\""
                + address + "\",\"contentType\":\"ContentString\"}]}";
    }
}
