package dev.flowmail.workflows.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.decision.DecisionWorkflow.Extension;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.command.v1.Command;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.enums.v1.CommandType;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.TimerFiredEventAttributes;
import io.temporal.api.history.v1.WorkflowExecutionSignaledEventAttributes;
import io.temporal.api.history.v1.WorkflowTaskCompletedEventAttributes;
import io.temporal.api.history.v1.WorkflowTaskScheduledEventAttributes;
import io.temporal.api.history.v1.WorkflowTaskStartedEventAttributes;
import io.temporal.api.protocol.v1.Message;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.update.v1.Input;
import io.temporal.api.update.v1.Meta;
import io.temporal.api.update.v1.Request;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * A request that a released version started, and that still waits, is answered and finished by today's code: a worker of
 * today is handed the kept history with one answer more, as a server would hand it over after an upgrade. That release told
 * Flow within the task that ends a request; today's code tells by an activity that is recorded with the end.
 */
class OldRequestTest {
    private static final Path WAITING = Path.of("src/test/resources/histories/1.0-still-waiting.json");
    /** Of the second of the two people who are needed. */
    private static final Decide THE_OTHERS = new Decide(1, 0, 0, null, null);

    private static final String SERVER = "old-requests";

    private final RecordingActivities outside = new RecordingActivities();

    @Test
    void aRequestOfTheFirstReleaseThatWaitsIsDecidedByTheNextAnswerAndFlowToldOfIt() throws Exception {
        List<Command> commands = commandsAfter(answer(THE_OTHERS.in(new Seal(false, "as that release encrypted"))));

        LateAnswer told = callback(commands);
        assertThat(told.outcome()).extracting("developerName").isEqualTo("approve");
        assertThat(told.flow().token()).isEqualTo("token");
        assertThat(outside.answers).as("told before the end is recorded").isEmpty();
        assertThat(outside.mails).as("mails that are sent again").isEmpty();
    }

    @Test
    void whatThatReleaseObeyedInClearStaysObeyedAndNothingElseIs() throws Exception {
        List<Command> commands = commandsAfter(answer(THE_OTHERS));

        assertThat(outside.answers).isEmpty();
        assertThat(commands)
                .extracting(Command::getCommandType)
                .doesNotContain(
                        CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
                        CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK);
    }

    @Test
    void anExtensionThatIsSeenTogetherWithTheDeadlineHolds() throws Exception {
        List<Command> commands = commandsAfter(timeIsUp(), update("extend", new Extension("P5D", null)));

        assertThat(commands)
                .filteredOn(command -> command.getCommandType() == CommandType.COMMAND_TYPE_START_TIMER)
                .extracting(timer -> timer.getStartTimerCommandAttributes().getStartToFireTimeout())
                .containsExactly(com.google.protobuf.util.Durations.fromDays(5));
        assertThat(commands)
                .extracting(Command::getCommandType)
                .contains(CommandType.COMMAND_TYPE_PROTOCOL_MESSAGE)
                .doesNotContain(CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK);
    }

    private List<Command> commandsAfter(HistoryEvent.Builder event, Message... messages) throws Exception {
        OneTask temporal = new OneTask(with(event), List.of(messages));
        Server server = InProcessServerBuilder.forName(SERVER)
                .addService(temporal)
                .build()
                .start();
        ManagedChannel channel = InProcessChannelBuilder.forName(SERVER).build();
        WorkerFactory workers = WorkerFactory.newInstance(
                WorkflowClient.newInstance(WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                        .setChannel(channel)
                        .build())));
        Worker worker = workers.newWorker(DecisionWorkflow.TASK_QUEUE);
        worker.registerWorkflowImplementationTypes(DecisionWorkflowImpl.class);
        worker.registerActivitiesImplementations(outside);
        try {
            workers.start();
            return temporal.commands.get(1, TimeUnit.MINUTES);
        } finally {
            workers.shutdownNow();
            channel.shutdownNow();
            server.shutdownNow();
        }
    }

    /** What Flow is told by the activity that is scheduled last. */
    private static LateAnswer callback(List<Command> commands) {
        Command last = commands.get(commands.size() - 1);
        assertThat(last.getCommandType()).isEqualTo(CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK);
        return DefaultDataConverter.newDefaultInstance()
                .fromPayloads(
                        0,
                        Optional.of(
                                last.getScheduleActivityTaskCommandAttributes().getInput()),
                        LateAnswer.class,
                        LateAnswer.class);
    }

    private static HistoryEvent.Builder answer(Decide answer) {
        return HistoryEvent.newBuilder()
                .setEventType(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
                .setWorkflowExecutionSignaledEventAttributes(WorkflowExecutionSignaledEventAttributes.newBuilder()
                        .setSignalName("decide")
                        .setInput(payloads(answer)));
    }

    /** The timer of the deadline. */
    private static HistoryEvent.Builder timeIsUp() throws IOException {
        HistoryEvent timer = kept().getEventsList().stream()
                .filter(HistoryEvent::hasTimerStartedEventAttributes)
                .findFirst()
                .orElseThrow();
        return HistoryEvent.newBuilder()
                .setEventType(EventType.EVENT_TYPE_TIMER_FIRED)
                .setEventTime(Timestamps.add(
                        timer.getEventTime(),
                        timer.getTimerStartedEventAttributes().getStartToFireTimeout()))
                .setTimerFiredEventAttributes(TimerFiredEventAttributes.newBuilder()
                        .setTimerId(timer.getTimerStartedEventAttributes().getTimerId())
                        .setStartedEventId(timer.getEventId()));
    }

    private static Message update(String name, Object argument) {
        return Message.newBuilder()
                .setId("update/request")
                .setProtocolInstanceId("update")
                .setBody(Any.pack(Request.newBuilder()
                        .setMeta(Meta.newBuilder().setUpdateId("update"))
                        .setInput(Input.newBuilder().setName(name).setArgs(payloads(argument)))
                        .build()))
                .build();
    }

    private static Payloads payloads(Object argument) {
        return DefaultDataConverter.newDefaultInstance().toPayloads(argument).orElseThrow();
    }

    private static History kept() throws IOException {
        return WorkflowExecutionHistory.fromJson(Files.readString(WAITING)).getHistory();
    }

    /** The kept history, in which the first of two has answered in clear, its last task done, and one event more. */
    private static History with(HistoryEvent.Builder more) throws IOException {
        History kept = kept();
        int last = kept.getEventsCount();
        HistoryEvent started = kept.getEvents(last - 1);
        assertThat(started.getEventType()).isEqualTo(EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED);
        HistoryEvent next = more.setEventId(last + 2L)
                .setEventTime(more.hasEventTime() ? more.getEventTime() : started.getEventTime())
                .build();
        return kept.toBuilder()
                .addEvents(after(started, 1, EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
                        .setWorkflowTaskCompletedEventAttributes(WorkflowTaskCompletedEventAttributes.newBuilder()
                                .setScheduledEventId(last - 1)
                                .setStartedEventId(last)))
                .addEvents(next)
                .addEvents(after(next, 1, EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED)
                        .setWorkflowTaskScheduledEventAttributes(WorkflowTaskScheduledEventAttributes.newBuilder()
                                .setTaskQueue(TaskQueue.newBuilder().setName(DecisionWorkflow.TASK_QUEUE))
                                .setStartToCloseTimeout(com.google.protobuf.util.Durations.fromSeconds(10))
                                .setAttempt(1)))
                .addEvents(after(next, 2, EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED)
                        .setWorkflowTaskStartedEventAttributes(
                                WorkflowTaskStartedEventAttributes.newBuilder().setScheduledEventId(last + 3L)))
                .build();
    }

    private static HistoryEvent.Builder after(HistoryEvent before, int later, EventType type) {
        return HistoryEvent.newBuilder()
                .setEventId(before.getEventId() + later)
                .setEventType(type)
                .setEventTime(
                        Timestamps.add(before.getEventTime(), com.google.protobuf.util.Durations.fromSeconds(later)));
    }

    /** A server that has one workflow task, and takes what the worker makes of it. */
    private static final class OneTask extends WorkflowServiceImplBase {
        final CompletableFuture<List<Command>> commands = new CompletableFuture<>();
        private final History history;
        private final List<Message> messages;
        private final AtomicBoolean given = new AtomicBoolean();

        OneTask(History history, List<Message> messages) {
            this.history = history;
            this.messages = messages;
        }

        @Override
        public void getSystemInfo(GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> reply) {
            answer(reply, GetSystemInfoResponse.getDefaultInstance());
        }

        @Override
        public void describeNamespace(
                DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> reply) {
            answer(reply, DescribeNamespaceResponse.getDefaultInstance());
        }

        @Override
        public void pollWorkflowTaskQueue(
                PollWorkflowTaskQueueRequest request, StreamObserver<PollWorkflowTaskQueueResponse> reply) {
            // whoever asks after the first waits until the end
            if (!given.getAndSet(true)) {
                int last = history.getEventsCount();
                HistoryEvent started = history.getEvents(last - 1);
                answer(
                        reply,
                        PollWorkflowTaskQueueResponse.newBuilder()
                                .setTaskToken(ByteString.copyFromUtf8("task"))
                                .setWorkflowExecution(WorkflowExecution.newBuilder()
                                        .setWorkflowId("1.0-still-waiting")
                                        .setRunId("11111111-1111-1111-1111-111111111111"))
                                .setWorkflowType(WorkflowType.newBuilder().setName("DecisionWorkflow"))
                                .setPreviousStartedEventId(last - 4L)
                                .setStartedEventId(last)
                                .setAttempt(1)
                                .setHistory(history)
                                .addAllMessages(messages.stream()
                                        .map(message -> message.toBuilder()
                                                .setEventId(last - 1L)
                                                .build())
                                        .toList())
                                .setScheduledTime(started.getEventTime())
                                .setStartedTime(started.getEventTime())
                                .build());
            }
        }

        @Override
        public void pollActivityTaskQueue(
                PollActivityTaskQueueRequest request, StreamObserver<PollActivityTaskQueueResponse> reply) {
            // there is none
        }

        @Override
        public void respondWorkflowTaskCompleted(
                RespondWorkflowTaskCompletedRequest request,
                StreamObserver<RespondWorkflowTaskCompletedResponse> reply) {
            commands.complete(request.getCommandsList());
            answer(reply, RespondWorkflowTaskCompletedResponse.getDefaultInstance());
        }

        private static <T> void answer(StreamObserver<T> reply, T message) {
            reply.onNext(message);
            reply.onCompleted();
        }
    }
}
