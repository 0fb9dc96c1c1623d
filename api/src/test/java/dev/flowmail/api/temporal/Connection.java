package dev.flowmail.api.temporal;

import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.codec.PayloadJson;
import io.temporal.client.ActivityClient;
import io.temporal.client.ActivityClientOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Clock;

/** What a program has of Temporal. */
final class Connection implements AutoCloseable {
    final WorkflowClient workflows;
    final ActivityClient activities;
    final SearchAttributes attributes;
    final TemporalDispatcher dispatcher;

    Connection(String target, KeyRing keys) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(target)
                .setRpcRetryOptions(TemporalCalls.RETRIES)
                .build());
        workflows = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(PayloadJson.encrypted(keys))
                        .build());
        activities = ActivityClient.newInstance(
                stubs,
                ActivityClientOptions.newBuilder()
                        .setNamespace(workflows.getOptions().getNamespace())
                        .setDataConverter(workflows.getOptions().getDataConverter())
                        .setIdentity(workflows.getOptions().getIdentity())
                        .build());
        attributes = new SearchAttributes(workflows);
        dispatcher = new TemporalDispatcher(workflows, activities, attributes, Clock.systemUTC(), true);
    }

    @Override
    public void close() {
        workflows.getWorkflowServiceStubs().shutdownNow();
    }
}
