package dev.flowmail.verification.drill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.inbox.ReceivedMail.AttachedFile;
import dev.flowmail.verification.drill.Request.Kind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

/** A drill that cannot fail would be worth nothing: each kind of loss is seen. */
class CountTest {
    private static final String ANNA = "anna@example.com";
    private static final String BEN = "ben@example.com";
    private static final String CLEO = "cleo@example.com";

    private final FlowEngine engine = new FlowEngine(URI.create("http://127.0.0.1:1"), 2);
    private final List<ReceivedMail> mails = new ArrayList<>();

    @Test
    void whatWentWellIsGood() {
        Request request = accepted(Kind.ONE, ANNA);
        mail(ANNA, "1");
        answer(request, ANNA, 200);
        callBack(request, Request.APPROVE);

        assertThat(count(request)).matches(Count::isGood).returns(1, Count::callbacksAccepted);
    }

    @Test
    void whatWasNotAcceptedIsNotCounted() {
        Request request = request(Kind.ONE, ANNA);

        assertThat(count(request)).returns(0, Count::accepted).returns(0, Count::mailsLost);
    }

    @Test
    void aMailThatDidNotComeIsLost() {
        Request request = accepted(Kind.BOTH, ANNA, BEN);
        mail(ANNA, "1");

        assertThat(count(request)).returns(1, Count::mailsLost).matches(count -> !count.isSettled());
    }

    @Test
    void whoNeedNotBeAskedAnyMoreHasLostNothing() {
        Request request = accepted(Kind.RACE, ANNA, BEN);
        mail(ANNA, "1");
        answer(request, ANNA, 200);
        callBack(request, Request.APPROVE);

        assertThat(count(request)).matches(Count::isGood);
    }

    @Test
    void aSecondMailIsDoubledByItsMessageId() {
        Request request = accepted(Kind.PLAIN, ANNA);
        mail(ANNA, "1");
        mail(ANNA, "1");
        mail(ANNA, "2");

        assertThat(count(request))
                .returns(1, Count::mailsDoubled)
                .returns(1, Count::mailsWrong)
                .matches(count -> !count.isGood());
    }

    @Test
    void aMailWithoutItsFileOrWithAnAlteredOneIsWrong() {
        AttachedFile file = AttachedFile.of("figures.txt", "text/plain", "1234".getBytes(UTF_8));
        Request request = new Request(Kind.PLAIN, flow().token(), List.of(ANNA, BEN, CLEO), true, List.of(file));
        request.accept();
        mail(ANNA, "1");
        mail(BEN, "2", "1235");
        mail(CLEO, "3", "1234");

        assertThat(count(request))
                .matches(count -> count.filesWrong().size() == 2)
                .matches(count -> !count.isGood());
    }

    @Test
    void anAnswerThatFlowNeverHearsIsLost() {
        Request request = accepted(Kind.ONE, ANNA);
        mail(ANNA, "1");
        answer(request, ANNA, 200);

        assertThat(count(request)).returns(1, Count::callbacksLost).matches(count -> !count.isSettled());
    }

    @Test
    void aRecipientWhoIsNeverToldIsUnanswered() {
        Request request = accepted(Kind.ONE, ANNA);
        mail(ANNA, "1");

        assertThat(count(request)).returns(1, Count::unanswered);
    }

    @Test
    void anOutcomeThatNobodyWasToldIsWrong() {
        Request request = accepted(Kind.RACE, ANNA, BEN);
        mail(ANNA, "1");
        mail(BEN, "2");
        answer(request, ANNA, 200);
        answer(request, BEN, 409);
        callBack(request, Request.REJECT);

        assertThat(count(request)).returns(1, Count::callbacksWrong).matches(count -> !count.isGood());
    }

    @Test
    void aRepeatedCallbackIsCountedAndAnotherOutcomeIsWrong() {
        Request request = accepted(Kind.TIMEOUT, ANNA);
        mail(ANNA, "1");
        callBack(request, Request.REJECT);
        callBack(request, Request.REJECT);
        callBack(request, Request.APPROVE);

        assertThat(count(request))
                .returns(1, Count::callbacksAccepted)
                .returns(1, Count::callbacksRepeated)
                .returns(1, Count::callbacksWrong);
    }

    @Test
    void anOutcomeThatNobodyClickedIsWrongAndOneWhosePageIsLateIsNot() {
        Request late = accepted(Kind.ONE, ANNA);
        mail(ANNA, "1");
        late.click(ANNA);
        callBack(late, Request.APPROVE);
        Request nobody = accepted(Kind.ONE, BEN);
        mail(BEN, "2");
        callBack(nobody, Request.APPROVE);

        assertThat(count(late)).returns(0, Count::callbacksWrong).returns(1, Count::unanswered);
        assertThat(count(nobody)).returns(1, Count::callbacksWrong);
    }

    @Test
    void anAnswerAtTheDeadlineThatWasRecordedMustWin() {
        Request recorded = accepted(Kind.DEADLINE, ANNA);
        mail(ANNA, "1");
        answer(recorded, ANNA, 200);
        callBack(recorded, Request.REJECT);
        Request tooLate = accepted(Kind.DEADLINE, BEN);
        mail(BEN, "2");
        answer(tooLate, BEN, 410);
        callBack(tooLate, Request.REJECT);

        assertThat(count(recorded)).returns(1, Count::callbacksWrong);
        assertThat(count(tooLate)).matches(Count::isGood);
    }

    @Test
    void aWithdrawalThatWasDoneMustHold() {
        Request withdrawn = accepted(Kind.WITHDRAWN, ANNA);
        mail(ANNA, "1");
        withdrawn.withdraw();
        answer(withdrawn, ANNA, 410);
        callBackWithFault(withdrawn, Request.WITHDRAWN);
        Request decided = accepted(Kind.WITHDRAWN, BEN);
        mail(BEN, "2");
        decided.withdraw();
        answer(decided, BEN, 200);
        callBack(decided, Request.APPROVE);

        assertThat(count(withdrawn)).matches(Count::isGood);
        assertThat(count(decided)).returns(1, Count::callbacksWrong);
    }

    @Test
    void aSecondEndIsWrongThoughItIsAFault() {
        Request request = accepted(Kind.WITHDRAWN, ANNA);
        mail(ANNA, "1");
        answer(request, ANNA, 200);
        callBack(request, Request.APPROVE);
        callBackWithFault(request, Request.WITHDRAWN);

        assertThat(count(request)).returns(1, Count::callbacksWrong);
    }

    private static void answer(Request request, String recipient, int status) {
        request.click(recipient);
        request.answer(recipient, status);
    }

    private Count count(Request request) {
        return Count.of(List.of(request), mails, engine::flow);
    }

    private Request accepted(Kind kind, String... recipients) {
        Request request = request(kind, recipients);
        request.accept();
        return request;
    }

    private Request request(Kind kind, String... recipients) {
        return new Request(kind, flow().token(), List.of(recipients), true, List.of());
    }

    private Flow flow() {
        return engine.begin(engine.request(Action.DECISION).outcomes(Request.APPROVE, Request.REJECT));
    }

    private void mail(String recipient, String id, String file) {
        String source = """
            Message-ID: <%s>
            Content-Type: text/plain; name="figures.txt"
            Content-Disposition: attachment; filename="figures.txt"

            %s\
            """.formatted(id, file);
        mails.add(ReceivedMail.read(recipient, source.replace("\n", "\r\n").getBytes(UTF_8)));
    }

    private void mail(String recipient, String id) {
        mails.add(ReceivedMail.read(recipient, ("Message-ID: <" + id + ">\r\n\r\nHello").getBytes(UTF_8)));
    }

    private void callBack(Request request, String outcome) {
        String id = engine.flow(request.token()).outcomes().stream()
                .filter(candidate -> candidate.label().equals(outcome))
                .findFirst()
                .orElseThrow()
                .id();
        String body = "{\"token\": \"" + request.token() + "\", \"selectedOutcomeId\": \"" + id + "\"}";
        engine.take(new HttpHeaders(), body).toCompletableFuture().join();
    }

    private void callBackWithFault(Request request, String code) {
        String body = "{\"token\": \"" + request.token() + "\", \"selectedOutcomeId\": null, \"rootFaults\": {\"" + code
                + "\": \"It is over.\"}}";
        engine.take(new HttpHeaders(), body).toCompletableFuture().join();
    }
}
