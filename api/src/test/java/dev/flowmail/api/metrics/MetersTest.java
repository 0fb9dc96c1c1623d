package dev.flowmail.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.workflows.callback.CallbackActivities;
import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.LateAnswer.Outcome;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.SmtpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.failure.ApplicationFailure;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class MetersTest {
    private static final Instant END = Instant.parse("2026-11-23T04:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @ParameterizedTest
    @CsvSource({
        "SmtpRefused, refused",
        "SmtpAuthentication, authentication",
        "SmtpTls, tls",
        "SmtpUnavailable, unavailable",
        "NetworkRefused, network_refused",
        "AttachmentMissing, attachment_missing",
        "AttachmentRefused, attachment_refused",
        "BodyRefused, body_refused",
        "Whatever, failed"
    })
    void aMailThatFailedIsCountedByTheTypeOfItsFailure(String type, String result) {
        new MailMeters(registry).count(mail(), ApplicationFailure.newFailure("carol@example.com is unknown", type));

        assertThat(count("flowmail.mails", "kind", "plain", "result", result)).isEqualTo(1);
        assertThat(registry.get("flowmail.mails").counters().stream()
                        .mapToDouble(counter -> counter.count())
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void everySeriesIsThereBeforeItsFirstEvent() {
        new MailMeters(registry);

        assertThat(count("flowmail.mails", "kind", "reminder", "result", "sent"))
                .isZero();
    }

    @Test
    void aCallbackWaitsFromTheEndOfItsRequestUntilFlowHasIt() {
        Instant now = END.plusSeconds(400);
        CallbackMeters meters = meters(now);

        meters.failed("decision-1", answer("TimedOut"), unreachable(), false);
        meters.failed("decision-1", answer("TimedOut"), unreachable(), false);

        assertThat(gauge("flowmail.callbacks.waiting")).isEqualTo(1);
        assertThat(gauge("flowmail.callback.oldest")).isEqualTo(400);
        assertThat(count("flowmail.callbacks", "result", "unreachable")).isEqualTo(2);

        meters.taken("decision-1", answer("TimedOut"));

        assertThat(gauge("flowmail.callbacks.waiting")).isZero();
        assertThat(gauge("flowmail.callback.oldest")).isZero();
        assertThat(count("flowmail.callbacks", "result", "taken")).isEqualTo(1);
        assertThat(count("flowmail.decisions", "ending", "timed_out")).isEqualTo(1);
        assertThat(registry.get("flowmail.callback.age").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(400);
    }

    @Test
    void aCallbackThatFlowRefusesWaitsForAnOperatorAndNotForFlow() {
        CallbackMeters meters = meters(END);
        meters.failed("decision-1", answer("Decided"), unreachable(), false);

        meters.failed(
                "decision-1",
                answer("Decided"),
                ApplicationFailure.newNonRetryableFailure("400", CallbackActivities.FLOW_REFUSED),
                true);

        assertThat(gauge("flowmail.callbacks.waiting")).isZero();
        assertThat(count("flowmail.callbacks", "result", "refused")).isEqualTo(1);
    }

    @Test
    void aFirstTryThatIsMadeAgainAtOnceIsNotCounted() {
        CallbackMeters meters = meters(END);

        meters.failed("decision-1", answer("Decided"), unreachable(), true);

        assertThat(count("flowmail.callbacks", "result", "unreachable")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"400, refused", "413, refused", "401, unauthorized", "429, too_many", "503, unavailable", "502, failed"
    })
    void aCallThatIsNotAcceptedIsCountedByItsStatus(int status, String result) throws Exception {
        pass("/api/email/1/actions/email-choices", status);

        assertThat(count("flowmail.requests", "kind", "decision", "result", result))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "200, recorded",
        "202, pending",
        "400, invalid",
        "404, unknown",
        "409, conflict",
        "428, asked",
        "410, gone",
        "429, too_many",
        "503, unavailable",
        "500, failed"
    })
    void anAnswerIsCountedByItsStatus(int status, String result) throws Exception {
        pass("/decide/a-secret-code", status);

        assertThat(count("flowmail.answers", "result", result)).isEqualTo(1);
    }

    @Test
    void callersCannotMakeSeries() throws Exception {
        DoorMeters meters = new DoorMeters(registry, new RequestMeters(registry));
        int before = registry.getMeters().size();

        for (String path : List.of("/api/email/1/actions/mine", "/decide/one", "/decide/two")) {
            pass(meters, path, 404);
        }

        assertThat(registry.getMeters()).hasSize(before);
    }

    private CallbackMeters meters(Instant now) {
        return new CallbackMeters(registry, InstantSource.fixed(now), new DecisionMeters(registry));
    }

    private void pass(String path, int status) throws ServletException, IOException {
        pass(new DoorMeters(registry, new RequestMeters(registry)), path, status);
    }

    private static void pass(DoorMeters meters, String path, int status) throws ServletException, IOException {
        meters.doFilter(
                new MockHttpServletRequest("POST", path),
                new MockHttpServletResponse(),
                (request, response) -> ((MockHttpServletResponse) response).setStatus(status));
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private static ApplicationFailure unreachable() {
        return ApplicationFailure.newFailure("500", CallbackActivities.FLOW_UNREACHABLE);
    }

    private static LateAnswer answer(@Nullable String ending) {
        return new LateAnswer(
                new FlowReference("tenant", null, "token", "https://flow.example/api/run/1/response", null, "who"),
                new Outcome("id", "Approve"),
                null,
                null,
                null,
                END,
                List.of(),
                ending,
                null);
    }

    private static Mail mail() {
        return new Mail(
                "send-1",
                "send-1",
                new SmtpServer("mail.example", 25, SmtpServer.Transport.PLAIN, null, null, null),
                new Mailbox("flow@example.com", null),
                null,
                List.of(new Mailbox("carol@example.com", null)),
                List.of(),
                List.of(),
                "",
                null,
                null,
                List.of(),
                null,
                null,
                false);
    }
}
