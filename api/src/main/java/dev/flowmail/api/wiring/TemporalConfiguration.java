package dev.flowmail.api.wiring;

import dev.flowmail.activities.attachments.FetchActivities;
import dev.flowmail.activities.callback.HttpCallbackActivities;
import dev.flowmail.activities.receipts.Receipts;
import dev.flowmail.activities.smtp.SmtpMailActivities;
import dev.flowmail.api.actions.Dispatcher;
import dev.flowmail.api.config.DataDirectory;
import dev.flowmail.api.decisions.Rehearsal;
import dev.flowmail.api.decisions.RunMemories;
import dev.flowmail.api.metrics.CountingDispatcher;
import dev.flowmail.api.metrics.RequestMeters;
import dev.flowmail.api.nexus.ApprovalsHandler;
import dev.flowmail.api.settings.DerivedSettings;
import dev.flowmail.api.settings.FlowmailProperties;
import dev.flowmail.api.temporal.EmbeddedTemporal;
import dev.flowmail.api.temporal.NexusEndpoint;
import dev.flowmail.api.temporal.NexusService;
import dev.flowmail.api.temporal.RunWatch;
import dev.flowmail.api.temporal.SearchAttributes;
import dev.flowmail.api.temporal.TemporalCalls;
import dev.flowmail.api.temporal.TemporalDispatcher;
import dev.flowmail.api.temporal.TemporalHealthIndicator;
import dev.flowmail.api.temporal.TemporalOpenRequests;
import dev.flowmail.api.temporal.TemporalWorker;
import dev.flowmail.api.ui.HiddenAddress;
import dev.flowmail.workflows.decision.DecisionWorkflowImpl;
import io.temporal.client.ActivityClient;
import io.temporal.client.ActivityClientOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.common.interceptors.ActivityClientInterceptor;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.spring.boot.TemporalOptionsCustomizer;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Temporal's server, clients and worker, and how requests are handed to it. */
@Configuration(proxyBeanMethods = false)
class TemporalConfiguration {

    @Bean
    @ConditionalOnBooleanProperty(DerivedSettings.EMBEDDED)
    EmbeddedTemporal embeddedTemporal(
            FlowmailProperties settings,
            @Value("${spring.temporal.namespace}") String namespace,
            @Value("${server.port}") int webPort,
            DataDirectory directory,
            HiddenAddress ui,
            WorkflowServiceStubs stubs) {
        return new EmbeddedTemporal(settings.temporal(), namespace, webPort, directory, ui.socket(), stubs);
    }

    @Bean
    TemporalOptionsCustomizer<WorkflowServiceStubsOptions.Builder> shortPauses() {
        return options -> options.setRpcRetryOptions(TemporalCalls.RETRIES);
    }

    @Bean
    SearchAttributes searchAttributes(WorkflowClient client) {
        return new SearchAttributes(client);
    }

    @Bean
    ActivityClient activityClient(WorkflowClient client, ObjectProvider<ActivityClientInterceptor> interceptors) {
        return ActivityClient.newInstance(
                client.getWorkflowServiceStubs(),
                ActivityClientOptions.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setDataConverter(client.getOptions().getDataConverter())
                        .setIdentity(client.getOptions().getIdentity())
                        .setInterceptors(interceptors.stream().toList())
                        .build());
    }

    /** What it tells must not need the client, which waits for every interceptor that is a bean. */
    @Bean
    RunWatch runWatch(RunMemories memories) {
        return new RunWatch(memories);
    }

    @Bean
    TemporalWorker temporalWorker(
            WorkflowClient client,
            SearchAttributes attributes,
            SmtpMailActivities mail,
            HttpCallbackActivities callback,
            FetchActivities fetches,
            Receipts receipts,
            Rehearsal rehearsal,
            ApprovalsHandler approvals,
            FlowmailProperties settings,
            @Value("${" + DerivedSettings.EMBEDDED + "}") boolean embedded,
            List<WorkerInterceptor> interceptors) {
        return new TemporalWorker(
                client,
                attributes,
                List.of(DecisionWorkflowImpl.class),
                List.of(mail, callback, fetches, receipts),
                rehearsal::withoutTemporal,
                rehearsal::withTemporal,
                settings.temporal().version(),
                settings.nexus()
                        .name()
                        .map(name -> new NexusService(new NexusEndpoint(name, client, embedded), approvals)),
                interceptors.toArray(WorkerInterceptor[]::new));
    }

    @Bean
    TemporalDispatcher temporalDispatcher(
            WorkflowClient workflows,
            ActivityClient activities,
            SearchAttributes attributes,
            FlowmailProperties settings) {
        boolean startsHere = settings.temporal().version().isEmpty();
        return new TemporalDispatcher(workflows, activities, attributes, Clock.systemUTC(), startsHere);
    }

    @Bean
    @Primary
    Dispatcher dispatcher(TemporalDispatcher dispatcher, RequestMeters meters) {
        return new CountingDispatcher(dispatcher, meters);
    }

    @Bean
    TemporalOpenRequests openRequests(WorkflowClient workflows, ActivityClient activities) {
        return new TemporalOpenRequests(workflows, activities);
    }

    @Bean("temporal")
    TemporalHealthIndicator temporalHealth(WorkflowServiceStubs stubs, TemporalWorker worker) {
        return new TemporalHealthIndicator(stubs, worker);
    }
}
