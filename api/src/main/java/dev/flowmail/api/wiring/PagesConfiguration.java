package dev.flowmail.api.wiring;

import dev.flowmail.activities.callback.Tellings;
import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.activities.smtp.SmtpMailActivities;
import dev.flowmail.api.decisions.Callbacks;
import dev.flowmail.api.decisions.PageResponses;
import dev.flowmail.api.decisions.Rehearsal;
import dev.flowmail.api.decisions.RememberedRuns;
import dev.flowmail.api.decisions.RunMemories;
import dev.flowmail.api.settings.FlowmailProperties;
import dev.flowmail.api.temporal.LatestOpen;
import dev.flowmail.api.temporal.TemporalDecisionRuns;
import dev.flowmail.templates.Brand;
import dev.flowmail.templates.Pages;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.temporal.client.WorkflowClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What recipients see, and what their pages know. */
@Configuration(proxyBeanMethods = false)
class PagesConfiguration {

    @Bean
    Brand brand(FlowmailProperties settings) {
        return settings.brandDirectory() == null ? Brand.FLOWMAIL : Brand.read(settings.brandDirectory());
    }

    @Bean
    PageResponses pageResponses(Brand brand, FlowmailProperties settings) {
        return new PageResponses(new Pages(brand, settings.publicUrl().getPath()));
    }

    @Bean
    RunMemories runMemories() {
        return new RunMemories();
    }

    @Bean
    RememberedRuns decisionRuns(WorkflowClient client, RunMemories memories) {
        ManagedChannel temporal = client.getWorkflowServiceStubs().getRawChannel();
        return new RememberedRuns(
                new TemporalDecisionRuns(client), memories, () -> temporal.getState(false) == ConnectivityState.READY);
    }

    @Bean
    Callbacks callbacks(Tellings tellings) {
        return tellings::await;
    }

    @Bean
    Rehearsal rehearsal(
            SmtpMailActivities mail, WorkflowClient client, RememberedRuns runs, LinkCodes codes, PageResponses pages) {
        return new Rehearsal(mail::rehearse, new LatestOpen(client), runs, codes, pages);
    }
}
