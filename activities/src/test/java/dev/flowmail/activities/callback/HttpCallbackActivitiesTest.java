package dev.flowmail.activities.callback;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.manywho.sdk.api.InvokeType;
import com.manywho.sdk.api.jackson.ObjectMapperFactory;
import com.manywho.sdk.api.run.elements.config.ServiceResponse;
import dev.flowmail.activities.flow.Who;
import dev.flowmail.activities.network.FlowHost;
import dev.flowmail.activities.network.FlowHosts;
import dev.flowmail.activities.network.GuardedHttp;
import dev.flowmail.activities.network.Guards;
import dev.flowmail.workflows.callback.CallbackActivities;
import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.LateAnswer.Answered;
import dev.flowmail.workflows.callback.LateAnswer.Outcome;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.mail.Retries;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(CONCURRENT)
class HttpCallbackActivitiesTest {

    private static final String TENANT = "67204d5c-6022-474d-8f80-0d576b43d02d";
    private static final String STATE = "340279d0-350c-4886-9af8-86ebeda0bd71";
    private static final String WHO = Who.publicUser(TENANT);
    private static final String TOKEN = "a-secret-token";
    private static final String OUTCOME = "05b326b8-fd07-4909-80f1-7e1e1ecce6bf";
    private static final String JOIN_PLAYER = "https://flow.example/play?join=" + STATE;
    private static final String JOIN_FLOW = "https://flow.example/join";
    private static final Instant DECIDED = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String CALLBACK = "/api/run/1/response";
    private static final String STATE_PAGE = "/api/run/1/state/" + STATE;

    private final WireMockServer engine =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
    private final GuardedHttp http = new GuardedHttp(Guards.allowing("127.0.0.1"));
    private HttpCallbackActivities tested = flowmail(new FlowHosts(List.of()));
    private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();

    private HttpCallbackActivities flowmail(FlowHosts hosts) {
        return new HttpCallbackActivities(http, hosts, new Tellings());
    }

    /** As in another process, or for another request: it knows nothing of what was told. */
    private Reached callBackAnew(LateAnswer answer) {
        tested = flowmail(new FlowHosts(List.of()));
        return callBack(answer);
    }

    @BeforeEach
    void startEngine() {
        engine.start();
        engine.stubFor(post(CALLBACK).willReturn(okJson("\"FORWARD\"")));
        engine.stubFor(get(STATE_PAGE).willReturn(okJson("{\"joinFlowUri\":\"" + JOIN_FLOW + "\",\"new\":[1]}")));
        // an environment takes one implementation for good
        temporal.registerActivitiesImplementations((CallbackActivities) answer -> tested.callBack(answer));
    }

    @AfterEach
    void stopEngine() throws IOException {
        temporal.close();
        http.close();
        engine.stop();
    }

    @Test
    void anOutcomeIsPostedAsTheContractSays() throws IOException {
        Reached reached = callBack(decided());

        assertThat(reached).isEqualTo(new Reached("FORWARD", JOIN_FLOW, false));
        engine.verify(
                1,
                postRequestedFor(urlEqualTo(CALLBACK))
                        .withHeader("Authorization", equalTo(WHO))
                        .withHeader("ManyWhoTenant", equalTo(TENANT))
                        .withHeader("Content-Type", equalTo("application/json"))
                        .withRequestBody(equalToJson("""
                            {"token": "a-secret-token", "tenantId": "67204d5c-6022-474d-8f80-0d576b43d02d", "culture": null,
                             "annotations": {}, "invokeType": "FORWARD", "waitMessage": null,
                             "selectedOutcomeId": "05b326b8-fd07-4909-80f1-7e1e1ecce6bf", "rootFaults": {}, "valueFaults": [],
                             "mode": null, "outputs": [
                              {"valueElementId": null, "typeElementId": null, "typeElementPropertyId": null, "developerName": "Recipient",
                               "typeElementDeveloperName": null, "typeElementPropertyDeveloperName": null,
                               "contentValue": "grüße@example.org", "contentType": "ContentString", "objectData": null},
                              {"valueElementId": null, "typeElementId": null, "typeElementPropertyId": null, "developerName": "Outcome",
                               "typeElementDeveloperName": null, "typeElementPropertyDeveloperName": null,
                               "contentValue": "go", "contentType": "ContentString", "objectData": null},
                              {"valueElementId": null, "typeElementId": null, "typeElementPropertyId": null, "developerName": "Comment",
                               "typeElementDeveloperName": null, "typeElementPropertyDeveloperName": null,
                               "contentValue": "fine\\n\\"so\\"", "contentType": "ContentString", "objectData": null},
                              {"valueElementId": null, "typeElementId": null, "typeElementPropertyId": null, "developerName": "Decided At",
                               "typeElementDeveloperName": null, "typeElementPropertyDeveloperName": null,
                               "contentValue": "2026-01-02T03:04:05Z", "contentType": "ContentDateTime", "objectData": null},
                              {"valueElementId": null, "typeElementId": null, "typeElementPropertyId": null, "developerName": "Receipt",
                               "typeElementDeveloperName": null, "typeElementPropertyDeveloperName": null,
                               "contentValue": "head.claims.signature", "contentType": "ContentString", "objectData": null},
                              {"valueElementId": null, "typeElementId": null, "typeElementPropertyId": null, "developerName": "Answers",
                               "typeElementDeveloperName": "Answer", "typeElementPropertyDeveloperName": null,
                               "contentValue": null, "contentType": "ContentList", "objectData": [
                                {"internalId": null, "externalId": "1", "developerName": "Answer", "typeElementId": null, "order": 0,
                                 "typeElementBindingDeveloperName": null, "isSelected": false, "properties": [
                                  {"typeElementPropertyId": null, "developerName": "Recipient", "contentType": "ContentString",
                                   "contentValue": "grüße@example.org", "contentFormat": null, "objectData": null},
                                  {"typeElementPropertyId": null, "developerName": "Outcome", "contentType": "ContentString",
                                   "contentValue": "go", "contentFormat": null, "objectData": null},
                                  {"typeElementPropertyId": null, "developerName": "Comment", "contentType": "ContentString",
                                   "contentValue": "fine\\n\\"so\\"", "contentFormat": null, "objectData": null},
                                  {"typeElementPropertyId": null, "developerName": "Answered At", "contentType": "ContentDateTime",
                                   "contentValue": "2026-01-02T03:04:05Z", "contentFormat": null, "objectData": null}]}]}]}
                            """)));
        ServiceResponse read = ObjectMapperFactory.create()
                .readValue(engine.findAll(postRequestedFor(anyUrl())).get(0).getBody(), ServiceResponse.class);
        assertThat(read.getInvokeType()).isEqualTo(InvokeType.Forward);
        assertThat(read.getSelectedOutcomeId()).hasToString(OUTCOME);
    }

    @Test
    void aFaultHasNoOutcomeAndNobodyIsNamed() throws IOException {
        Reached reached = callBack(fault());

        assertThat(reached).isEqualTo(new Reached("FORWARD", null, false));
        ServiceResponse read = ObjectMapperFactory.create()
                .readValue(engine.findAll(postRequestedFor(anyUrl())).get(0).getBody(), ServiceResponse.class);
        assertThat(read.getRootFaults()).containsExactly(Map.entry("Timeout", "Nobody answered in time."));
        assertThat(read.getSelectedOutcomeId()).isNull();
        assertThat(read.getInvokeType()).isEqualTo(InvokeType.Forward);
        assertThat(read.getOutputs().get(0).getDeveloperName()).isEqualTo("Recipient");
        assertThat(read.getOutputs()).allMatch(output -> output.getContentValue() == null);
        engine.verify(0, getRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        FORWARD                                 | FORWARD
        ' "WAIT" '                              | WAIT
        "success"                               | SUCCESS
        ''                                      |
        '""'                                    |
        {"invokeType":"WAIT"}                   | WAIT
        {"invokeType":null,"token":"x"}         |
        {"invokeType":{"a":1}}                  |
        {"invokeType":                          |
        ["FORWARD"]                             |
        "<script>"                              |
        null                                    | NULL
        """)
    void whateverElseFlowSaysTheAnswerIsTaken(String said, @Nullable String invokeType) {
        engine.stubFor(post(CALLBACK).willReturn(ok(said)));

        assertThat(callBack(decided())).isEqualTo(new Reached(invokeType, JOIN_FLOW, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BUSY", "\"BUSY\"", "{\"invokeType\":\"BUSY\"}"})
    void anEngineThatIsBusyIsToldAgain(String said) {
        engine.stubFor(post(CALLBACK).willReturn(ok(said)));

        assertFailure(decided(), CallbackActivities.FLOW_UNREACHABLE, false, "answered BUSY");

        engine.stubFor(post(CALLBACK).willReturn(okJson("\"FORWARD\"")));
        assertThat(callBack(decided()).invokeType()).isEqualTo("FORWARD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT_ALLOWED", "\"NOT_ALLOWED\"", "{\"invokeType\":\"NOT_ALLOWED\"}"})
    void anEngineThatDoesNotAllowItRefuses(String said) {
        engine.stubFor(post(CALLBACK).willReturn(ok(said)));

        assertFailure(decided(), CallbackActivities.FLOW_REFUSED, true, "answered NOT_ALLOWED");

        engine.stubFor(post(CALLBACK).willReturn(okJson("\"FORWARD\"")));
        assertThat(callBack(decided()).invokeType()).isEqualTo("FORWARD");
    }

    @Test
    void aTokenThatWasAnsweredBeforeTheFirstAttemptIsNoticed() {
        engine.stubFor(post(CALLBACK).willReturn(okJson("\"TOKEN_COMPLETED\"")));

        assertThat(callBack(decided())).isEqualTo(new Reached("TOKEN_COMPLETED", JOIN_FLOW, true));
    }

    @Test
    void aTokenThatAnAttemptBeforeMayHaveAnsweredIsNot() {
        engine.stubFor(post(CALLBACK)
                .inScenario("lost reply")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("answered")
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        engine.stubFor(post(CALLBACK)
                .inScenario("lost reply")
                .whenScenarioStateIs("answered")
                .willReturn(okJson("\"TOKEN_COMPLETED\"")));

        try (TestWorkflowEnvironment whole = TestWorkflowEnvironment.newInstance()) {
            Worker worker = whole.newWorker("flow");
            worker.registerWorkflowImplementationTypes(TellTwice.class);
            worker.registerActivitiesImplementations(tested);
            whole.start();
            Tell told = whole.getWorkflowClient()
                    .newWorkflowStub(
                            Tell.class,
                            WorkflowOptions.newBuilder().setTaskQueue("flow").build());

            assertThat(told.tell(decided())).isEqualTo(new Reached("TOKEN_COMPLETED", JOIN_FLOW, false));
        }
    }

    /** Tells Flow, and again when that fails. */
    @WorkflowInterface
    public interface Tell {
        @WorkflowMethod
        Reached tell(LateAnswer answer);
    }

    public static final class TellTwice implements Tell {
        @Override
        public Reached tell(LateAnswer answer) {
            return Workflow.newActivityStub(
                            CallbackActivities.class,
                            ActivityOptions.newBuilder()
                                    .setStartToCloseTimeout(Duration.ofSeconds(60))
                                    .setRetryOptions(Retries.AGAIN)
                                    .build())
                    .callBack(answer);
        }
    }

    @Test
    void aReplyWithoutSenseIsNoFailure() {
        for (ResponseDefinitionBuilder reply : List.of(
                ok("x".repeat(65_537)),
                status(204),
                status(201).withBody(new byte[] {(byte) 0xff, 0, 1}),
                aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK))) {
            engine.stubFor(post(CALLBACK).willReturn(reply));

            assertThat(callBackAnew(decided())).isEqualTo(new Reached(null, JOIN_FLOW, false));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 410, 422, 451, 499})
    void aRefusalIsFinal(int status) {
        engine.stubFor(post(CALLBACK).willReturn(status(status).withBody("a-secret-token")));

        assertFailure(
                decided(), CallbackActivities.FLOW_REFUSED, true, "127.0.0.1:" + engine.port() + " answered " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308, 304, 408, 409, 425, 429, 500, 501, 502, 503, 504, 599})
    void anythingElseIsRetried(int status) {
        engine.stubFor(post(CALLBACK).willReturn(status(status).withHeader("Location", "/elsewhere")));

        assertFailure(
                decided(),
                CallbackActivities.FLOW_UNREACHABLE,
                false,
                "127.0.0.1:" + engine.port() + " answered " + status);
        engine.verify(1, postRequestedFor(anyUrl()));
        engine.verify(0, getRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsCalledOne(int status) {
        engine.stubFor(post(CALLBACK).willReturn(status(status).withHeader("Location", "/elsewhere")));

        assertFailure(decided(), CallbackActivities.FLOW_UNREACHABLE, false, "answered " + status + ", a redirect");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER", "RANDOM_DATA_THEN_CLOSE"})
    void aBrokenConnectionIsRetried(Fault fault) {
        engine.stubFor(post(CALLBACK).willReturn(aResponse().withFault(fault)));

        assertFailure(decided(), CallbackActivities.FLOW_UNREACHABLE, false, "127.0.0.1");
    }

    @Test
    void anEngineThatIsDownIsTriedAgain() {
        LateAnswer answer = decided();
        engine.stop();

        assertFailure(answer, CallbackActivities.FLOW_UNREACHABLE, false, "127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://[::1]/x", "http://10.0.0.1/x", "http://169.254.169.254/x"})
    void anAddressThatIsNotPublicIsRefusedByTheSettingsName(String callbackUri) {
        assertFailure(
                decided(flow(callbackUri, STATE, null)),
                CallbackActivities.FLOW_REFUSED,
                true,
                "FLOWMAIL_NETWORK_ALLOW");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "ftp://flow.example/", "http://a-secret-token:x@flow.example/"})
    void aCallbackUriThatIsNoWebAddressIsRefused(String callbackUri) {
        assertFailure(decided(flow(callbackUri, STATE, null)), CallbackActivities.FLOW_REFUSED, true, "callbackUri");
    }

    @Test
    void theStateIsAskedOfTheCallbacksOriginByTheSameUser() {
        String callbackUri = base() + "/prefix/api/run/1/response?x=y";
        engine.stubFor(post("/prefix/api/run/1/response?x=y").willReturn(okJson("\"FORWARD\"")));

        assertThat(callBack(decided(flow(callbackUri, STATE, JOIN_PLAYER))).wayBack())
                .isEqualTo(JOIN_FLOW);
        engine.verify(
                1,
                getRequestedFor(urlEqualTo(STATE_PAGE))
                        .withHeader("ManyWhoTenant", equalTo(TENANT))
                        .withHeader("Authorization", equalTo(WHO))
                        .withHeader("Content-Type", absent()));
    }

    @Test
    void nobodyElseThanFlowIsTold() {
        flowIsOn("flow.example");

        assertFailure(decided(), CallbackActivities.FLOW_REFUSED, true, "FLOWMAIL_FLOW_HOSTS");
        engine.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void nobodyIsSentBackToAnotherHostThanFlows() {
        flowIsOn("127.0.0.1");
        assertThat(callBack(decided())).isEqualTo(new Reached("FORWARD", null, false));

        flowIsOn("127.0.0.1");
        String home = base() + "/join";
        assertThat(callBack(decided(flow(base() + CALLBACK + "?a", STATE, home))))
                .isEqualTo(new Reached("FORWARD", home, false));
    }

    private void flowIsOn(String host) {
        engine.stubFor(post(CALLBACK + "?a").willReturn(okJson("\"FORWARD\"")));
        tested = flowmail(new FlowHosts(List.of(FlowHost.parse(host))));
    }

    @Test
    void withoutAJoinFlowUriTheWayBackIsTheJoinPlayerUri() {
        for (ResponseDefinitionBuilder reply : List.of(
                status(404),
                status(500),
                status(302).withHeader("Location", JOIN_FLOW),
                okJson(""),
                okJson("null"),
                okJson("[]"),
                okJson("{}"),
                okJson("{\"joinFlowUri\":null}"),
                okJson("{\"joinFlowUri\":{}}"),
                okJson("{\"joinFlowUri\":\"javascript:alert(1)\"}"),
                okJson("{\"joinFlowUri\":\"/relative\"}"),
                okJson("{\"joinFlowUri\":\"https://a:b@flow.example/\"}"),
                okJson("{\"x\":\"" + "x".repeat(1_100_000) + "\",\"joinFlowUri\":\"" + JOIN_FLOW + "\"}"),
                okJson("[".repeat(100_000)),
                okJson("{\"joinFlowUri\":\"" + JOIN_FLOW + "\"}").withFixedDelay(20_000),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))) {
            engine.stubFor(get(STATE_PAGE).willReturn(reply));

            assertThat(callBackAnew(decided())).isEqualTo(new Reached("FORWARD", JOIN_PLAYER, false));
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "javascript:alert(1)", "/relative", "https://a:b@flow.example/"})
    void withoutAnyThereIsNoWayBack(@Nullable String joinPlayerUri) {
        engine.stubFor(get(STATE_PAGE).willReturn(status(404)));

        assertThat(callBack(decided(flow(base() + CALLBACK, STATE, joinPlayerUri)))
                        .wayBack())
                .isNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "..", "a/b", "a?b", "%2e%2e", "a b"})
    void aStateIdThatIsNoneIsNotAskedFor(@Nullable String stateId) {
        assertThat(callBack(decided(flow(base() + CALLBACK, stateId, JOIN_PLAYER)))
                        .wayBack())
                .isEqualTo(JOIN_PLAYER);
        engine.verify(0, getRequestedFor(anyUrl()));
    }

    @Test
    void anActivityWithLittleTimeEndsBeforeItIsUp() {
        engine.stubFor(get(STATE_PAGE)
                .willReturn(okJson("{\"joinFlowUri\":\"" + JOIN_FLOW + "\"}").withFixedDelay(20_000)));
        CallbackActivities brief = activities(Duration.ofSeconds(1));

        assertThat(brief.callBack(decided())).isEqualTo(new Reached("FORWARD", JOIN_PLAYER, false));
    }

    @Test
    void whatFlowHasTakenItIsNotToldAgain() {
        callBack(decided());

        assertThat(callBack(decided())).isEqualTo(new Reached("FORWARD", JOIN_FLOW, false));

        engine.verify(1, postRequestedFor(urlEqualTo(CALLBACK)));
    }

    @Test
    void aRequestThatFlowHasHeardOfDoesNotEndOtherwise() {
        callBack(decided());

        assertThat(callBack(fault())).isEqualTo(new Reached("TOKEN_COMPLETED", JOIN_FLOW, true));

        engine.verify(1, postRequestedFor(urlEqualTo(CALLBACK)));
    }

    @Test
    void aTryWithinTheTaskThatEndsARequestTellsNothing() {
        assertThatThrownBy(() -> firstTry().callBack(decided()))
                .isInstanceOf(ActivityFailure.class)
                .hasStackTraceContaining("once the end is recorded");

        engine.verify(0, postRequestedFor(anyUrl()));
        assertThat(callBack(decided()).invokeType()).isEqualTo("FORWARD");
    }

    private CallbackActivities firstTry() {
        return temporal.newLocalActivityStub(
                CallbackActivities.class,
                LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofSeconds(1))
                        .setRetryOptions(
                                RetryOptions.newBuilder().setMaximumAttempts(1).build())
                        .build(),
                Map.of());
    }

    private Reached callBack(LateAnswer answer) {
        return activities(Duration.ofSeconds(60)).callBack(answer);
    }

    private CallbackActivities activities(Duration startToClose) {
        return temporal.newActivityStub(
                CallbackActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(startToClose)
                        .setRetryOptions(
                                RetryOptions.newBuilder().setMaximumAttempts(1).build())
                        .build());
    }

    private void assertFailure(LateAnswer answer, String type, boolean isFinal, String words) {
        ActivityFailure failure = catchThrowableOfType(ActivityFailure.class, () -> callBack(answer));

        assertThat(failure).cause().isInstanceOfSatisfying(ApplicationFailure.class, cause -> {
            assertThat(cause.getType()).isEqualTo(type);
            assertThat(cause.isNonRetryable()).isEqualTo(isFinal);
            assertThat(cause.getOriginalMessage()).contains(words);
        });
        assertThat(failure).hasStackTraceContaining(type);
        assertThat(stackTrace(failure)).doesNotContain(TOKEN, WHO, "example.org", "PUBLIC_USER");
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private String base() {
        return "http://127.0.0.1:" + engine.port();
    }

    private LateAnswer decided() {
        return decided(flow(base() + CALLBACK, STATE, JOIN_PLAYER));
    }

    private static LateAnswer decided(FlowReference flow) {
        return new LateAnswer(
                flow,
                new Outcome(OUTCOME, "go"),
                null,
                "grüße@example.org",
                "fine\n\"so\"",
                DECIDED,
                List.of(new Answered("grüße@example.org", "go", "fine\n\"so\"", DECIDED)),
                "Decided",
                "head.claims.signature");
    }

    private LateAnswer fault() {
        return new LateAnswer(
                decided().flow(),
                null,
                new LateAnswer.Fault("Timeout", "Nobody answered in time."),
                null,
                null,
                null,
                List.of(),
                "TimedOut",
                null);
    }

    private static FlowReference flow(String callbackUri, @Nullable String stateId, @Nullable String joinPlayerUri) {
        return new FlowReference(TENANT, stateId, TOKEN, callbackUri, joinPlayerUri, WHO);
    }
}
