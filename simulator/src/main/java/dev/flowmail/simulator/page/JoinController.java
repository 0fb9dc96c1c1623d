package dev.flowmail.simulator.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.engine.Outcome;
import java.io.IOException;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page on which a person is back in a flow: it shows which path the flow took. */
@RestController
final class JoinController {
    private final FlowEngine engine;
    private final String template;

    JoinController(FlowEngine engine) throws IOException {
        this.engine = engine;
        this.template = new ClassPathResource("join.html").getContentAsString(UTF_8);
    }

    @GetMapping(path = "/{tenantId}/play/{player}", produces = "text/html;charset=UTF-8")
    String play(
            @PathVariable String tenantId, @PathVariable String player, @RequestParam(defaultValue = "") String join) {
        Document page = Jsoup.parse(template);
        engine.flowOfState(join)
                .filter(flow -> flow.tenantId().equals(tenantId))
                .ifPresent(flow -> describe(flow, page));
        return page.outerHtml();
    }

    private static void describe(Flow flow, Document page) {
        String subject = flow.subject().isEmpty() ? "A flow without a subject" : flow.subject();
        page.title(subject + " · Flow simulator");
        page.expectFirst("h1").text(subject);
        page.expectFirst("#sentence").text(sentence(flow));
        flow.step()
                .ifPresent(step -> page.expectFirst("#sentence")
                        .after(new Element("p").addClass("step").text(step)));
        Element path = page.expectFirst("#path");
        path.appendElement("li").addClass("taken").text("The flow asked");
        Element fork = path.appendElement("li").appendElement("ul");
        for (Outcome outcome : flow.outcomes()) {
            Element branch = fork.appendElement("li").text(outcome.label());
            boolean failed = flow.status() == Flow.Status.FAILED && outcome.isForFaults();
            if (failed || flow.chosen().filter(outcome.label()::equals).isPresent()) {
                branch.addClass("taken").attr("aria-current", "step");
            }
        }
    }

    private static String sentence(Flow flow) {
        return switch (flow.status()) {
            case SENDING -> "The request is on its way to Flowmail.";
            case WAITING -> "The flow waits for an answer.";
            case FAILED -> "The flow goes on where the builder routes failures: " + flow.problem();
            case CONTINUED -> continued(flow);
        };
    }

    private static String continued(Flow flow) {
        Optional<String> chosen = flow.chosen();
        if (chosen.isEmpty()) {
            return "The mail was handed over, and the flow went on at once.";
        }
        return flow.decidedBy()
                .map(person -> person + " decided: " + chosen.get() + ". The flow goes on along that path.")
                .orElseGet(() -> "Nobody decided in time: the flow goes on with " + chosen.get() + ".");
    }
}
