package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Connector;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.ServiceRequest;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.verification.programs.FlowmailProcess;
import dev.flowmail.verification.programs.Keys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two replicas behind a balancer are stopped and started again, one after the other, while requests and clicks keep coming. */
@ExtendWith(EndToEnd.class)
class RollingUpdateIT {
    private final World world;

    RollingUpdateIT(World world) {
        this.world = world;
    }

    @Test
    void nobodyNoticesAndEveryMailAndCallbackComesOnce() throws IOException {
        Path directory = world.directory("rolling");
        try (TemporalProcess temporal = new TemporalProcess(
                                "temporal-" + directory.getFileName(),
                                directory.toAbsolutePath().resolve("temporal.db"))
                        .start();
                Balancer balancer = new Balancer();
                FlowmailProcess one = replica("one", directory, temporal, balancer);
                FlowmailProcess two = replica("two", directory, temporal, balancer)) {
            List<FlowmailProcess> replicas = List.of(one, two);
            replicas.forEach(FlowmailProcess::launch);
            replicas.forEach(balancer::add);
            World.patiently().until(() -> replicas.stream().allMatch(balancer::sharesOutTo));
            try (Load load = new Load(balancer.proxy.address())) {
                World.patiently().until(() -> load.begun() > 10);
                for (FlowmailProcess replica : replicas) {
                    int before = load.begun();
                    replica.stop();
                    assertThat(balancer.sharesOutTo(replica)).isFalse();
                    replica.start();
                    World.patiently().until(() -> balancer.sharesOutTo(replica));
                    assertThat(load.begun()).as("requests meanwhile").isGreaterThan(before + 5);
                    assertThat(load.failures()).isEmpty();
                }
                load.stopRequesting();
                World.patiently().untilAsserted(load::assertAllHasCome);
                world.letAnotherMailPass(one.connector());
                load.assertAllHasCome();
                assertThat(load.failures()).isEmpty();
            }
            assertThat(balancer.proxy.broken()).isEmpty();
            replicas.forEach(FlowmailProcess::kill);
        }
    }

    private static FlowmailProcess replica(String name, Path directory, TemporalProcess temporal, Balancer balancer) {
        return new FlowmailProcess(
                "flowmail-" + name + "-" + directory.getFileName(),
                directory.resolve(name),
                Map.of(
                        "TEMPORAL_ADDRESS",
                        temporal.address(),
                        "FLOWMAIL_PUBLIC_URL",
                        balancer.proxy.address().toString(),
                        "FLOWMAIL_KEYS_LINKS",
                        Keys.SHARED,
                        "FLOWMAIL_KEYS_PAYLOADS",
                        Keys.SHARED));
    }

    /** Asks each replica every second whether it is ready, and shares requests out among those that say so. */
    private static final class Balancer implements AutoCloseable {
        private final List<FlowmailProcess> replicas = new CopyOnWriteArrayList<>();
        private final Set<FlowmailProcess> ready = ConcurrentHashMap.newKeySet();
        private final AtomicInteger turns = new AtomicInteger();
        private final ScheduledExecutorService checks = Executors.newScheduledThreadPool(2);
        private final ReverseProxy proxy = new ReverseProxy("", this::next);

        Balancer() throws IOException {}

        void add(FlowmailProcess replica) {
            replicas.add(replica);
            var ignored = checks.scheduleWithFixedDelay(() -> check(replica), 0, 1, TimeUnit.SECONDS);
        }

        private void check(FlowmailProcess replica) {
            if (replica.isReady()) {
                ready.add(replica);
            } else {
                ready.remove(replica);
            }
        }

        boolean sharesOutTo(FlowmailProcess replica) {
            return ready.contains(replica);
        }

        private Optional<URI> next() {
            List<FlowmailProcess> now =
                    replicas.stream().filter(ready::contains).toList();
            return now.isEmpty()
                    ? Optional.empty()
                    : Optional.of(now.get(turns.getAndIncrement() % now.size()).address(""));
        }

        @Override
        public void close() {
            checks.shutdownNow();
            proxy.close();
        }
    }

    /** Flows and recipients that try once only, and keep what went wrong. */
    private final class Load implements AutoCloseable {
        private static final long PACE_MILLIS = 300;

        private final Connector connector;
        private final List<String> people = new CopyOnWriteArrayList<>();
        private final List<Flow> questions = new CopyOnWriteArrayList<>();
        private final List<String> failures = new CopyOnWriteArrayList<>();
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();
        private final Set<String> read = new HashSet<>();
        private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(16);
        private final ScheduledFuture<?> requesting;

        Load(URI address) {
            connector = new Connector(URI.create(address + "/api/email/1"));
            requesting = every(PACE_MILLIS, () -> now(this::begin));
            var ignored = every(PACE_MILLIS, this::readMails);
        }

        int begun() {
            return begun.get();
        }

        List<String> failures() {
            return failures;
        }

        void stopRequesting() {
            requesting.cancel(false);
        }

        /** Every mail once, and every callback once. */
        void assertAllHasCome() {
            assertThat(ended).as("answered requests").hasValue(begun());
            assertThat(people)
                    .isNotEmpty()
                    .allSatisfy(
                            person -> assertThat(world.inbox.mailsTo(person)).hasSize(1));
            assertThat(questions).isNotEmpty().allSatisfy(question -> {
                assertThat(world.callbacks(question)).hasSize(1);
                assertThat(world.engine.flow(question.token()).chosen()).contains("Approve");
            });
        }

        private void begin() {
            boolean isQuestion = begun.incrementAndGet() % 2 == 0;
            String person = world.person(isQuestion ? "rolling-decider" : "rolling-reader");
            people.add(person);
            Flow flow = world.engine.send(connector, isQuestion ? world.question(person) : plain(person));
            if (flow.answered().status() == 200) {
                ended.incrementAndGet();
            } else {
                failures.add("A request: " + flow.answer());
            }
            if (isQuestion) {
                questions.add(flow);
            }
        }

        private ServiceRequest plain(String person) {
            return world.engine
                    .request(Action.SIMPLE)
                    .from("flow@example.com", null)
                    .to(person)
                    .subject("Rolling")
                    .body("Rolling");
        }

        /** Some recipients are slower than others. */
        private void readMails() {
            for (ReceivedMail mail : world.inbox.mails()) {
                if (mail.recipient().startsWith("rolling-decider") && read.add(mail.recipient())) {
                    var ignored = threads.schedule(guarded(() -> answer(mail)), read.size() % 3, TimeUnit.SECONDS);
                }
            }
        }

        private void answer(ReceivedMail mail) {
            Page page = world.recipient.open(mail.link("Approve"));
            if (page.status() != 200) {
                failures.add("A page: " + page.status() + " " + page.text());
                return;
            }
            Page answer = world.recipient.submit(page);
            if (answer.status() != 200 && answer.status() != 202) {
                failures.add("A click: " + answer.status() + " " + answer.text());
            }
        }

        private ScheduledFuture<?> every(long millis, Runnable task) {
            return threads.scheduleAtFixedRate(guarded(task), 0, millis, TimeUnit.MILLISECONDS);
        }

        private void now(Runnable task) {
            threads.execute(guarded(task));
        }

        private Runnable guarded(Runnable task) {
            return () -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    failures.add(e.toString());
                }
            };
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }
}
