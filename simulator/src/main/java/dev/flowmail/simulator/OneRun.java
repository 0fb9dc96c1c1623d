package dev.flowmail.simulator;

import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Answer;
import dev.flowmail.simulator.engine.Connector;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.inbox.DecisionLink;
import dev.flowmail.simulator.inbox.Inbox;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.simulator.recipient.Recipient;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** One decision from Flow's question to the flow going on, without a browser. Prints each step as it happens. */
final class OneRun {
    private static final String RECIPIENT = "anna.approver@example.com";
    private static final String CHOICE = "Approve";

    private final Steps steps = new Steps();
    private final Recipient recipient = new Recipient();
    private final URI flowmail;
    private final FlowEngine engine;
    private final Inbox inbox;
    private final Connector connector;

    OneRun(URI flowmail, FlowEngine engine, Inbox inbox, Connector connector) {
        this.flowmail = flowmail;
        this.engine = engine;
        this.inbox = inbox;
        this.connector = connector;
    }

    /** Plays it. Every wait ends after 60 s. Returns whether Flow got the chosen outcome. */
    boolean play() {
        return steps.play(this::playAll);
    }

    private void playAll() {
        steps.waitFor("Flowmail to be ready at " + flowmail, this::isReady);
        steps.done("Flowmail is ready at " + flowmail);
        describe();
        Flow asked = ask();
        ReceivedMail mail = mail();
        List<DecisionLink> links = scan(mail, asked);
        decide(links, asked);
        checkCallback(asked);
        checkWayBack(links, asked);
    }

    private boolean isReady() {
        try {
            return recipient
                            .open(flowmail.resolve("/actuator/health/readiness"))
                            .status()
                    == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private void describe() {
        Answer description = engine.describe(connector);
        List<String> actions = description.status() != 200
                ? List.of()
                : description
                        .json()
                        .path("actions")
                        .valueStream()
                        .map(action -> action.path("developerName").asString(""))
                        .toList();
        steps.require(
                actions.contains("Send Email with Decision Request"),
                "Flowmail did not describe the decision request, but answered " + description.status());
        steps.done("Flow installed the connector: " + String.join(", ", actions));
    }

    private Flow ask() {
        Flow asked = engine.send(
                connector,
                engine.request(Action.DECISION)
                        .from("flow@example.com", "Purchasing flow")
                        .to(RECIPIENT)
                        .subject("Purchase order 4711 needs your decision")
                        .body("Ten chairs for 1,200 euros. May we order them?")
                        .outcomes(CHOICE, "Reject"));
        steps.require(
                asked.status() == Flow.Status.WAITING,
                "Flow asked for a decision and was not told to wait, but was answered " + asked.answer());
        steps.done("Flow asked for a decision (Approve or Reject) and waits");
        return asked;
    }

    private ReceivedMail mail() {
        steps.waitFor(
                "the mail to " + RECIPIENT, () -> !inbox.mailsTo(RECIPIENT).isEmpty());
        ReceivedMail mail = inbox.mailsTo(RECIPIENT).get(0);
        steps.done("The mail arrived: \"" + mail.subject() + "\"");
        return mail;
    }

    /** Fetches every link as a mail scanner would. */
    private List<DecisionLink> scan(ReceivedMail mail, Flow asked) {
        List<DecisionLink> links = Stream.concat(mail.textLinks().stream(), mail.htmlLinks().stream())
                .distinct()
                .toList();
        steps.require(
                links.stream().anyMatch(link -> link.label().contains(CHOICE)),
                "The mail has no link that says " + CHOICE + ", but " + links);
        for (DecisionLink link : links) {
            int head = recipient.head(link.address()).status();
            int get = recipient.open(link.address()).status();
            steps.require(
                    head == 200 && get == 200,
                    "The link \"" + link.label() + "\" answered HEAD with " + head + " and GET with " + get
                            + ", not 200");
        }
        steps.require(
                engine.flow(asked.token()).callbacks().isEmpty()
                        && openPage(links).asks(),
                "Fetching the links decided the request");
        steps.done("A mail scanner fetched all " + links.size() + " links: nothing was decided");
        return links;
    }

    private void decide(List<DecisionLink> links, Flow asked) {
        Page confirmed = recipient.submit(openPage(links));
        steps.require(
                confirmed.status() == 200 || confirmed.status() == 202,
                "The confirm page answered " + confirmed.status() + ": " + confirmed.text());
        steps.done(RECIPIENT + " opened \"" + CHOICE + "\" and confirmed");
        steps.waitFor(
                "Flowmail to call back",
                () -> engine.flow(asked.token()).lateAnswer().isPresent());
    }

    private void checkCallback(Flow asked) {
        Flow flow = engine.flow(asked.token());
        steps.require(
                flow.chosen().filter(CHOICE::equals).isPresent(),
                "Flow was called back with another outcome than " + CHOICE + ": "
                        + flow.lateAnswer().orElseThrow().body());
        steps.require(
                flow.decidedBy().filter(RECIPIENT::equals).isPresent(),
                "Flow was not told that " + RECIPIENT + " decided, but " + flow.decidedBy());
        steps.done("Flow was called back: " + CHOICE + ", decided by " + RECIPIENT);
    }

    private void checkWayBack(List<DecisionLink> links, Flow asked) {
        URI join = engine.joinFlowUri(asked.tenantId(), asked.stateId());
        steps.waitFor(
                "the recipient's page to lead back into the flow",
                () -> openPage(links)
                        .document()
                        .select("a[href]")
                        .eachAttr("href")
                        .contains(join.toString()));
        steps.require(
                recipient.open(join).text().contains(CHOICE),
                "The flow's page does not show that it goes on with " + CHOICE);
        steps.done("The recipient's page leads back into the flow, which goes on with " + CHOICE);
    }

    private Page openPage(List<DecisionLink> links) {
        return recipient.open(links.stream()
                .filter(link -> link.label().contains(CHOICE))
                .findFirst()
                .orElseThrow()
                .address());
    }
}
