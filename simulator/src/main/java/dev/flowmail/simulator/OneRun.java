package dev.flowmail.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

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
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** One decision from Flow's question to the flow going on, without a browser. Prints each step as it happens. */
final class OneRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RECIPIENT = "anna.approver@example.com";
    private static final String CHOICE = "Approve";

    /** UTF-8 whatever the locale, for the ticks. */
    private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);

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
        try {
            playAll();
            return true;
        } catch (StepFailed e) {
            out.println("  ✗ " + e.getMessage());
            return false;
        }
    }

    private void playAll() {
        waitFor("Flowmail to be ready at " + flowmail, this::isReady);
        done("Flowmail is ready at " + flowmail);
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
        require(
                actions.contains("Send Email with Decision Request"),
                "Flowmail did not describe the decision request, but answered " + description.status());
        done("Flow installed the connector: " + String.join(", ", actions));
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
        require(
                asked.status() == Flow.Status.WAITING,
                "Flow asked for a decision and was not told to wait, but was answered " + asked.answer());
        done("Flow asked for a decision (Approve or Reject) and waits");
        return asked;
    }

    private ReceivedMail mail() {
        waitFor("the mail to " + RECIPIENT, () -> !inbox.mailsTo(RECIPIENT).isEmpty());
        ReceivedMail mail = inbox.mailsTo(RECIPIENT).get(0);
        done("The mail arrived: \"" + mail.subject() + "\"");
        return mail;
    }

    /** Fetches every link as a mail scanner would. */
    private List<DecisionLink> scan(ReceivedMail mail, Flow asked) {
        List<DecisionLink> links = Stream.concat(mail.textLinks().stream(), mail.htmlLinks().stream())
                .distinct()
                .toList();
        require(
                links.stream().anyMatch(link -> link.label().contains(CHOICE)),
                "The mail has no link that says " + CHOICE + ", but " + links);
        for (DecisionLink link : links) {
            int head = recipient.head(link.address()).status();
            int get = recipient.open(link.address()).status();
            require(
                    head == 200 && get == 200,
                    "The link \"" + link.label() + "\" answered HEAD with " + head + " and GET with " + get
                            + ", not 200");
        }
        require(
                engine.flow(asked.token()).callbacks().isEmpty()
                        && openPage(links).asks(),
                "Fetching the links decided the request");
        done("A mail scanner fetched all " + links.size() + " links: nothing was decided");
        return links;
    }

    private void decide(List<DecisionLink> links, Flow asked) {
        Page confirmed = recipient.submit(openPage(links));
        require(
                confirmed.status() == 200 || confirmed.status() == 202,
                "The confirm page answered " + confirmed.status() + ": " + confirmed.text());
        done(RECIPIENT + " opened \"" + CHOICE + "\" and confirmed");
        waitFor(
                "Flowmail to call back",
                () -> engine.flow(asked.token()).lateAnswer().isPresent());
    }

    private void checkCallback(Flow asked) {
        Flow flow = engine.flow(asked.token());
        require(
                flow.chosen().filter(CHOICE::equals).isPresent(),
                "Flow was called back with another outcome than " + CHOICE + ": "
                        + flow.lateAnswer().orElseThrow().body());
        require(
                flow.decidedBy().filter(RECIPIENT::equals).isPresent(),
                "Flow was not told that " + RECIPIENT + " decided, but " + flow.decidedBy());
        done("Flow was called back: " + CHOICE + ", decided by " + RECIPIENT);
    }

    private void checkWayBack(List<DecisionLink> links, Flow asked) {
        URI join = engine.joinFlowUri(asked.tenantId(), asked.stateId());
        waitFor(
                "the recipient's page to lead back into the flow",
                () -> openPage(links)
                        .document()
                        .select("a[href]")
                        .eachAttr("href")
                        .contains(join.toString()));
        require(
                recipient.open(join).text().contains(CHOICE),
                "The flow's page does not show that it goes on with " + CHOICE);
        done("The recipient's page leads back into the flow, which goes on with " + CHOICE);
    }

    private Page openPage(List<DecisionLink> links) {
        return recipient.open(links.stream()
                .filter(link -> link.label().contains(CHOICE))
                .findFirst()
                .orElseThrow()
                .address());
    }

    private void done(String step) {
        out.println("  ✓ " + step);
    }

    private static void waitFor(String what, Callable<Boolean> condition) {
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(condition);
        } catch (ConditionTimeoutException e) {
            throw new StepFailed("Waited " + PATIENCE.toSeconds() + " s in vain for " + what);
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new StepFailed(otherwise);
        }
    }

    private static final class StepFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StepFailed(String message) {
            super(message);
        }
    }
}
