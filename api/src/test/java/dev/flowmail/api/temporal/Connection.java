package dev.flowmail.api.temporal;

import static org.awaitility.Awaitility.await;

import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.codec.PayloadJson;
import dev.flowmail.workflows.decision.DecisionWorkflowImpl;
import io.temporal.client.ActivityClient;
import io.temporal.client.ActivityClientOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

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

    /** A worker that takes decision requests, and what they do outside, from now on. */
    TemporalWorker decidingWorker(Object outside, WorkerInterceptor... interceptors) {
        return worker(List.of(DecisionWorkflowImpl.class), List.of(outside), interceptors);
    }

    /** A worker that takes tasks of these from now on. */
    TemporalWorker worker(List<Class<?>> types, List<Object> outside, WorkerInterceptor... interceptors) {
        TemporalWorker worker = new TemporalWorker(workflows, attributes, types, outside, interceptors);
        worker.start();
        await().atMost(Duration.ofSeconds(60)).until(worker::isStarted);
        return worker;
    }

    @Override
    public void close() {
        workflows.getWorkflowServiceStubs().shutdownNow();
    }
}
