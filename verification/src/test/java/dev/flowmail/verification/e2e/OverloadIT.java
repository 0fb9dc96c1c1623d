package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Far more at once than fits into half a gigabyte of heap. */
@ExtendWith(EndToEnd.class)
class OverloadIT {
    private static final int CALLERS = 150;
    private static final int LARGEST_BODY = 10 * 1024 * 1024;

    private final World world;

    OverloadIT(World world) {
        this.world = world;
    }

    @Test
    void whatDoesNotFitIsRefusedClicksGoOnAndAllIsWellAfterwards() {
        String anna = world.person("anna");
        String ben = world.person("ben");
        try (FlowmailProcess flowmail = new FlowmailProcess("overload", world.directory("overload")).start()) {
            Flow flow = world.ask(flowmail.connector(), world.question(anna));
            Page page = world.open(anna, "Approve");
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            HttpRequest large = HttpRequest.newBuilder(flowmail.address("/api/email/1/actions/email-choices"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(padded(flow.request())))
                    .build();

            List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, CALLERS)
                    .mapToObj(caller -> client.sendAsync(large, BodyHandlers.ofString()))
                    .toList();
            Page meanwhile = world.recipient.open(page.address());
            List<HttpResponse<String>> answers =
                    calls.stream().map(CompletableFuture::join).toList();

            assertThat(meanwhile.status()).isEqualTo(200);
            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200, 503);
            assertThat(answers)
                    .filteredOn(answer -> answer.statusCode() == 503)
                    .allSatisfy(answer -> assertThat(answer.headers().firstValue("Retry-After"))
                            .isPresent());
            assertThat(world.confirmed(() -> world.recipient.submit(page)).status())
                    .isEqualTo(200);
            world.lateAnswer(flow);
            world.ask(flowmail.connector(), world.question(ben));
            world.mailTo(ben);
        }
    }

    /** The same request, as large as a request may be: a repeat, so that it costs Temporal little. */
    private static byte[] padded(String request) {
        String filler = "\"padding\":\"\",";
        String padding = "x".repeat(LARGEST_BODY - request.getBytes(UTF_8).length - filler.length());
        return ("{\"padding\":\"" + padding + "\"," + request.substring(1)).getBytes(UTF_8);
    }
}
