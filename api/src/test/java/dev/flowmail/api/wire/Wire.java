package dev.flowmail.api.wire;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.Limits;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.activities.links.FreshCodes;
import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.activities.links.PageCodes;
import dev.flowmail.activities.links.PageStamps;
import dev.flowmail.activities.network.AllowList;
import dev.flowmail.activities.network.FlowHosts;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.api.actions.Admission;
import dev.flowmail.api.config.OperatorsMailConfiguration;
import dev.flowmail.api.decisions.Callbacks;
import dev.flowmail.api.decisions.DecisionRuns;
import dev.flowmail.api.decisions.PageResponses;
import dev.flowmail.api.decisions.Standing;
import dev.flowmail.api.settings.FlowmailProperties;
import dev.flowmail.templates.Brand;
import dev.flowmail.templates.Pages;
import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.mail.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** Flowmail without Temporal; not a {@code @Configuration}, so that no scan finds it. */
@EnableAutoConfiguration
@Import(OperatorsMailConfiguration.class)
@ComponentScan({
    "dev.flowmail.api.actions",
    "dev.flowmail.api.decisions",
    "dev.flowmail.api.edge",
    "dev.flowmail.api.home",
    "dev.flowmail.api.metadata",
    "dev.flowmail.api.problems",
    "dev.flowmail.api.recording"
})
public class Wire {
    private static final KeyRing KEYS =
            KeyRing.parse("test:" + Base64.getEncoder().encodeToString(new byte[32]));

    @Bean
    RecordingDispatcher dispatcher() {
        return new RecordingDispatcher();
    }

    @Bean
    Admission admission() {
        return requestId -> {};
    }

    @Bean
    AttachmentStore store() throws IOException {
        return new AttachmentStore(
                Files.createTempDirectory("flowmail-wire"),
                KEYS,
                Limits.ofFile(25_000_000),
                Duration.ofDays(2),
                Clock.systemUTC());
    }

    @Bean
    NetworkGuard guard() {
        return new AllowList(List.of());
    }

    @Bean
    FlowHosts hosts(FlowmailProperties settings) {
        return settings.flow().allowed();
    }

    @Bean
    LinkCodes codes() {
        return new LinkCodes(KEYS);
    }

    @Bean
    PageCodes pageCodes() {
        return new PageCodes(KEYS);
    }

    @Bean
    FreshCodes freshCodes() {
        return new FreshCodes(KEYS);
    }

    @Bean
    PageStamps pageStamps() {
        return new PageStamps(KEYS);
    }

    @Bean
    Brand brand() {
        return Brand.FLOWMAIL;
    }

    @Bean
    PageResponses pages() {
        return new PageResponses(new Pages());
    }

    @Bean
    Callbacks callbacks() {
        return (workflowId, patience) -> Optional.empty();
    }

    /** Every request that a link names has been forgotten: genuine links answer 410. */
    @Bean
    DecisionRuns runs() {
        return new DecisionRuns() {
            @Override
            public Standing look(String workflowId, Duration longest) {
                return new Standing.Forgotten();
            }

            @Override
            public boolean decide(String workflowId, Decide answer) {
                return false;
            }
        };
    }

    /** A link that Flowmail signed. */
    public static String genuineLink(LinkCodes codes) {
        return "/decide/"
                + codes.mint(new DecisionLink(
                        DecisionLink.earlierWorkflowId("tenant", "token"), 0, 0, 0, 2, Question.Comments.OFF));
    }
}
