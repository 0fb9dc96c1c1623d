package dev.flowmail.api.wiring;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.network.FlowHosts;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.api.actions.Admission;
import dev.flowmail.api.actions.WorkflowDecisions;
import dev.flowmail.api.config.OperatorsMail;
import dev.flowmail.api.metrics.RequestMeters;
import dev.flowmail.api.nexus.ApprovalsHandler;
import dev.flowmail.api.settings.FlowmailProperties;
import dev.flowmail.api.temporal.TemporalDispatcher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What other workflows may call. */
@Configuration(proxyBeanMethods = false)
class NexusConfiguration {

    @Bean
    WorkflowDecisions workflowDecisions(
            Admission admission,
            AttachmentStore store,
            NetworkGuard guard,
            FlowHosts hosts,
            OperatorsMail operators,
            FlowmailProperties settings) {
        return new WorkflowDecisions(admission, store, guard, hosts, operators, settings);
    }

    @Bean
    ApprovalsHandler approvalsHandler(
            WorkflowDecisions decisions, TemporalDispatcher dispatcher, RequestMeters meters) {
        return new ApprovalsHandler(decisions, dispatcher.operation(), meters);
    }
}
