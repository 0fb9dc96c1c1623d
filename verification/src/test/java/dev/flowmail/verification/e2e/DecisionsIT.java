package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.engine.Callback;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.engine.ServiceRequest;
import dev.flowmail.simulator.inbox.DecisionLink;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.recipient.Page;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(EndToEnd.class)
class DecisionsIT {
    private final World world;

    DecisionsIT(World world) {
        this.world = world;
    }

    @Test
    void flowIsToldWhatThePersonChose() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));

        Page done = world.decide(anna, "Reject");

        assertThat(done.status()).isEqualTo(200);
        assertThat(done.text()).contains("Reject");
        Callback callback = world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Reject");
        assertThat(callback.output("Recipient")).isEqualTo(anna);
        assertThat(callback.output("Outcome")).isEqualTo("Reject");
        assertThat(callback.headers().get("Authorization"))
                .containsExactly(flow.who().header());
        assertThat(callback.headers().get("ManyWhoTenant")).containsExactly(FlowEngine.TENANT);
        JsonNode json = callback.json();
        assertThat(json.path("invokeType").asString()).isEqualTo("FORWARD");
        assertThat(json.path("token").asString()).isEqualTo(flow.token());
        assertThat(json.path("tenantId").asString()).isEqualTo(flow.tenantId());
        assertThat(json.propertyNames())
                .contains("culture", "annotations", "waitMessage", "outputs", "rootFaults", "valueFaults", "mode");
        assertThat(world.callbacks(flow)).hasSize(1);
    }

    @Test
    void everyRecipientHasAMailAndLinksOfTheirOwn() {
        String anna = world.person("anna");
        String ben = world.person("ben");

        world.ask(world.question(anna, ben));

        ReceivedMail toAnna = world.mailTo(anna);
        ReceivedMail toBen = world.mailTo(ben);
        assertThat(toAnna.visibleRecipients()).containsExactly(anna);
        assertThat(toBen.visibleRecipients()).containsExactly(ben);
        assertThat(codeIn(toBen)).isNotEqualTo(codeIn(toAnna));
        assertThat(toAnna.htmlLinks()).extracting(DecisionLink::label).containsSubsequence("Approve", "Reject");
        assertThat(toAnna.textLinks()).hasSize(2).containsExactlyInAnyOrderElementsOf(distinct(toAnna.htmlLinks()));
        assertThat(toAnna.htmlLinks()).doesNotContainAnyElementsOf(toBen.htmlLinks());
    }

    private static List<DecisionLink> distinct(List<DecisionLink> links) {
        return links.stream().distinct().toList();
    }

    @Test
    void aMailWithoutABodyHasItsLinks() {
        String anna = world.person("anna");

        world.ask(world.question(anna).body(""));

        assertThat(world.mailTo(anna).textLinks()).hasSize(2);
        assertThat(distinct(world.mailTo(anna).htmlLinks())).hasSize(2);
    }

    @Test
    void scannersThatFetchEverythingDecideNothing() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        ReceivedMail mail = world.mailTo(anna);

        for (int sweep = 0; sweep < 10; sweep++) {
            for (DecisionLink link : mail.htmlLinks()) {
                assertThat(world.recipient.head(link.address()).status()).isEqualTo(200);
                assertThat(world.recipient.open(link.address()).status()).isEqualTo(200);
            }
        }
        assertThat(world.callbacks(flow)).isEmpty();

        world.decide(anna, "Reject");
        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Reject");
        assertThat(world.callbacks(flow)).hasSize(1);
    }

    @Test
    void anotherOutcomeOfThePageCanBeChosen() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        Page page = world.open(anna, "Approve");

        assertThat(world.confirmed(() -> world.recipient.submit(page, "Reject")).status())
                .isEqualTo(200);

        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Reject");
    }

    @Test
    void ofTwoPeopleAtOnceOneDecides() {
        String anna = world.person("anna");
        String ben = world.person("ben");
        Flow flow = world.ask(world.question(anna, ben));
        Page toAnna = world.open(anna, "Approve");
        Page toBen = world.open(ben, "Reject");

        CompletableFuture<Page> annas =
                CompletableFuture.supplyAsync(() -> world.confirmed(() -> world.recipient.submit(toAnna)));
        CompletableFuture<Page> bens =
                CompletableFuture.supplyAsync(() -> world.confirmed(() -> world.recipient.submit(toBen)));

        assertThat(List.of(annas.join().status(), bens.join().status())).containsExactlyInAnyOrder(200, 409);
        boolean annaWon = annas.join().status() == 200;
        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains(annaWon ? "Approve" : "Reject");
        assertThat(world.engine.flow(flow.token()).decidedBy()).contains(annaWon ? anna : ben);
        world.letAnotherMailPass(world.flowmail().connector());
        assertThat(world.callbacks(flow)).hasSize(1);
    }

    @Test
    void ofTwentyPeopleEverybodyHasToAgree() {
        String[] people =
                IntStream.range(0, 20).mapToObj(number -> world.person("voter")).toArray(String[]::new);
        Flow flow = world.ask(world.question(people).text("Answers Needed", "all"));

        for (int number = 0; number < 19; number++) {
            assertThat(world.decide(people[number], "Approve").text()).contains("Others still have to answer.");
        }
        assertThat(world.open(people[0], "Reject").text()).contains("Your first answer stands.");
        assertThat(world.callbacks(flow)).isEmpty();
        assertThat(world.decide(people[19], "Approve").text()).contains("Your answer settled it");

        Callback callback = world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Approve");
        assertThat(world.engine.flow(flow.token()).decidedBy()).contains(people[19]);
        assertThat(callback.json().path("outputs").findValues("objectData").stream()
                        .filter(JsonNode::isArray)
                        .mapToInt(JsonNode::size)
                        .max())
                .hasValue(20);
        assertThat(Stream.of(people).map(world.inbox::mailsTo)).allMatch(mails -> mails.size() == 1);
    }

    @Test
    void twoOfThreeAgreeAndNobodyElseIsMailed() {
        String anna = world.person("anna");
        String ben = world.person("ben");
        String carla = world.person("carla");
        Flow flow = world.ask(twoOfThree(anna, ben, carla));

        world.decide(carla, "Approve");
        world.decide(anna, "Approve");

        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Approve");
        assertThat(world.open(ben, "Reject").text()).contains("Approve").contains(anna);
        world.letAnotherMailPass(world.flowmail().connector());
        assertThat(world.inbox.mailsTo(ben)).hasSize(1);
    }

    @Test
    void oneOfThreeVetoes() {
        String anna = world.person("anna");
        String ben = world.person("ben");
        Flow flow = world.ask(twoOfThree(anna, ben, world.person("carla")));

        world.decide(anna, "Approve");
        world.decide(ben, "Reject");

        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Reject");
        assertThat(world.engine.flow(flow.token()).decidedBy()).contains(ben);
    }

    /** The worked example of docs/examples.md. */
    private ServiceRequest twoOfThree(String... people) {
        return world.question(people)
                .text("Answers Needed", "2")
                .text("Veto Outcome", "Reject")
                .text("Remind Every", "1 day")
                .text("Timeout", "5 days")
                .text("Timeout Outcome", "Reject");
    }

    @Test
    void remindersStandInTheThreadOfTheFirstMailAndEndWithTheDecision() {
        String anna = world.person("anna");
        String ben = world.person("ben");
        Flow flow = world.ask(world.question(anna, ben)
                .text("Answers Needed", "all")
                .text("Remind Every", "2 seconds")
                .text("Timeout", "1 hour"));
        world.decide(anna, "Approve");
        World.patiently().until(() -> world.inbox.mailsTo(ben).size() > 2);
        ReceivedMail first = world.inbox.mailsTo(ben).get(0);
        ReceivedMail reminder = world.inbox.mailsTo(ben).get(1);

        assertThat(reminder.header("In-Reply-To")).isEqualTo(first.header("Message-ID"));
        assertThat(reminder.header("References")).isEqualTo(first.header("Message-ID"));
        assertThat(reminder.header("Message-ID")).isNotEqualTo(first.header("Message-ID"));
        assertThat(reminder.subject()).isEqualTo(first.subject());
        assertThat(reminder.link("Approve")).isEqualTo(first.link("Approve"));
        assertThat(reminder.text()).contains("Reminder").contains(codeIn(first));
        world.decide(ben, "Approve");
        world.lateAnswer(flow);
        int mails = world.inbox.mailsTo(ben).size();
        // the next one would come within 2 s: as long as another request's timeout of 4 s
        world.lateAnswer(world.ask(world.question(world.person("carla")).text("Timeout", "PT4S")));
        assertThat(world.inbox.mailsTo(ben).size()).isLessThanOrEqualTo(mails + 1);
        assertThat(world.inbox.mailsTo(anna).size()).isLessThanOrEqualTo(2);
    }

    private static String codeIn(ReceivedMail mail) {
        Matcher code = Pattern.compile("type this one: [A-Z0-9]{5,8}\\b").matcher(mail.text());
        assertThat(code.find()).as(mail.text()).isTrue();
        return code.group();
    }

    @Test
    void thePersonWhoComesLateWithTheSameOutcomeIsToldWhoDecided() {
        String anna = world.person("anna");
        String ben = world.person("ben");
        world.ask(world.question(anna, ben));
        Page toBen = world.open(ben, "Approve");
        world.decide(anna, "Approve");

        Page late = world.confirmed(() -> world.recipient.submit(toBen));

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text()).contains("Approve").contains(anna);
    }

    @Test
    void whoeverSubmitsTwiceIsConfirmedTwiceAndFlowIsToldOnce() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        Page page = world.open(anna, "Approve");

        CompletableFuture<Page> first =
                CompletableFuture.supplyAsync(() -> world.confirmed(() -> world.recipient.submit(page)));
        CompletableFuture<Page> second =
                CompletableFuture.supplyAsync(() -> world.confirmed(() -> world.recipient.submit(page)));

        assertThat(List.of(first.join().status(), second.join().status())).containsExactly(200, 200);
        world.lateAnswer(flow);
        assertThat(world.confirmed(() -> world.recipient.submit(page)).status()).isEqualTo(200);
        world.letAnotherMailPass(world.flowmail().connector());
        assertThat(world.callbacks(flow)).hasSize(1);
    }

    @Test
    void whoeverHasDecidedCannotDecideOtherwise() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        Page approve = world.open(anna, "Approve");
        Page reject = world.open(anna, "Reject");
        world.confirmed(() -> world.recipient.submit(approve));

        Page changed = world.confirmed(() -> world.recipient.submit(reject));

        assertThat(changed.status()).isEqualTo(409);
        assertThat(changed.text()).contains("Approve");
        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Approve");
    }

    @Test
    void aHeldDecisionIsChangedByWhoeverGaveItAndToldOnceWhenItIsReleased() {
        String anna = world.person("anna");
        String ben = world.person("ben");
        Flow flow = world.ask(world.question(anna, ben).text("Hold", "1 hour"));
        Page older = world.open(anna, "Reject");
        Page bens = world.open(ben, "Reject");
        assertThat(world.decide(anna, "Approve").text()).contains("You can change your answer until");

        Page asks = world.confirmed(() -> world.recipient.submit(older));
        assertThat(asks.status()).isEqualTo(409);
        assertThat(asks.text()).contains("Nothing has been changed yet");
        assertThat(world.confirmed(() -> world.recipient.submit(bens)).status()).isEqualTo(409);
        assertThat(world.confirmed(() -> world.recipient.submit(asks, "Reject")).status())
                .isEqualTo(200);
        assertThat(world.callbacks(flow)).isEmpty();
        Page changesAgain = world.open(anna, "Approve");
        Operator operator = new Operator(world.flowmail());
        operator.update(operator.decision(flow), "release", "{}");

        Callback callback = world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Reject");
        assertThat(callback.output("Recipient")).isEqualTo(anna);
        assertThat(world.open(anna, "Approve").asks()).isFalse();
        assertThat(world.confirmed(() -> world.recipient.submit(changesAgain)).status())
                .as("a change that comes after the hold")
                .isEqualTo(409);
        assertThat(world.callbacks(flow)).hasSize(1);
    }

    @Test
    void aHoldIsOverByItself() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna).text("Hold", "2 seconds"));
        world.decide(anna, "Approve");

        Instant decided = Instant.parse(world.lateAnswer(flow).output("Decided At"));
        assertThat(Instant.now()).isAfterOrEqualTo(decided.plusSeconds(2));
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Approve");
    }

    @Test
    void whenTimeIsUpTheTimeoutOutcomeHolds() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna).text("Timeout", "PT3S").text("Timeout Outcome", "Reject"));

        Callback callback = world.lateAnswer(flow);

        assertThat(world.engine.flow(flow.token()).chosen()).contains("Reject");
        assertThat(world.engine.flow(flow.token()).decidedBy()).isEmpty();
        assertThat(callback.json().path("rootFaults").isEmpty()).isTrue();
        assertThat(world.open(anna, "Approve").status()).isEqualTo(410);
    }

    @Test
    void whenTimeIsUpWithoutATimeoutOutcomeFlowGetsAFault() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna).text("Timeout", "3 seconds"));

        Callback callback = world.lateAnswer(flow);

        assertThat(callback.json().path("selectedOutcomeId").isNull()).isTrue();
        assertThat(callback.json().path("rootFaults").propertyNames()).containsExactly("Timeout");
        assertThat(world.open(anna, "Approve").status()).isEqualTo(410);
    }

    @Test
    void theWayBackLeadsIntoTheFlow() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.decide(anna, "Approve");
        world.lateAnswer(flow);

        awaitLink(
                anna, world.engine.joinFlowUri(flow.tenantId(), flow.stateId()).toString());
    }

    @Test
    void theWayBackIsTheRequestsOwnWhenTheEngineNamesNone() {
        world.engine.behaviour().knowJoinPages(false);
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.decide(anna, "Approve");
        world.lateAnswer(flow);

        awaitLink(anna, flow.joinUri().toString());
    }

    private void awaitLink(String person, String address) {
        World.patiently()
                .untilAsserted(() -> assertThat(world.open(person, "Approve")
                                .document()
                                .select("a[href]")
                                .eachAttr("href"))
                        .contains(address));
    }
}
