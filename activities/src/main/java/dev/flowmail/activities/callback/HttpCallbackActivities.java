package dev.flowmail.activities.callback;

import dev.flowmail.activities.callback.Tellings.Told;
import dev.flowmail.activities.network.FlowHosts;
import dev.flowmail.activities.network.GuardedHttp;
import dev.flowmail.activities.network.WebAddress;
import dev.flowmail.workflows.callback.CallbackActivities;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.Reached;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells Flow over HTTP. An answer takes at most 30 s, and the question for the way back 2 s more; in an activity whose own
 * time is shorter both end before it does, so that an answer that Flow has taken is not taken for a failure.
 */
public final class HttpCallbackActivities implements CallbackActivities {

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration WAY_BACK = Duration.ofSeconds(2);
    private static final String TOKEN_COMPLETED = "TOKEN_COMPLETED";

    private final FlowHosts hosts;
    private final CallbackPost post;
    private final WayBack wayBack;
    private final Tellings tellings;

    /**
     * @param hosts where Flow is told and people are sent back to, and nowhere else
     * @param tellings learns of everything that is told
     */
    public HttpCallbackActivities(GuardedHttp http, FlowHosts hosts, Tellings tellings) {
        this.hosts = hosts;
        this.post = new CallbackPost(http);
        this.wayBack = new WayBack(http, hosts);
        this.tellings = tellings;
    }

    @Override
    public Reached callBack(LateAnswer answer) {
        ActivityInfo info = Activity.getExecutionContext().getInfo();
        if (info.isLocal()) {
            // Runs of version 1.0 try within the task that ends them. Temporal may refuse that task, and it ends
            // otherwise
            // when it is done again: what follows at once is an ordinary activity, which it has recorded.
            throw Engine.unreachable("Flow is told once the end is recorded");
        }
        String request = Objects.requireNonNull(info.getWorkflowId());
        Optional<Told> before = tellings.told(request);
        if (before.isPresent()) {
            return again(before.get(), answer);
        }
        tellings.begins(request);
        try {
            Reached reached = tell(answer, info.getAttempt() <= 1);
            tellings.taken(request, new Told(what(answer), reached));
            return reached;
        } catch (RuntimeException | Error failure) {
            tellings.failed(request);
            throw failure;
        }
    }

    /** Flow has taken an answer of this request and hears no other, nor the same again. */
    private static Reached again(Told before, LateAnswer answer) {
        return Objects.equals(before.what(), what(answer))
                ? before.reached()
                : new Reached(TOKEN_COMPLETED, before.reached().wayBack(), true);
    }

    private static @Nullable String what(LateAnswer answer) {
        if (answer.outcome() != null) {
            return answer.outcome().id();
        }
        return answer.fault() == null ? null : answer.fault().code();
    }

    private Reached tell(LateAnswer answer, boolean isFirst) {
        Budget budget = Budget.ofActivity(ANSWER.plus(WAY_BACK));
        URI callback = WebAddress.parse(answer.flow().callbackUri())
                .orElseThrow(() -> Engine.refused("The callbackUri is not an absolute http(s) address"));
        if (!hosts.contain(callback)) {
            throw Engine.refused("Flow was not told: " + Engine.nameOf(callback)
                    + " is not in FLOWMAIL_FLOW_HOSTS; add it there and retry the callback");
        }
        String said = post.send(callback, answer, budget.atMost(ANSWER));
        return new Reached(
                said,
                wayBack.after(answer, callback, budget.atMost(WAY_BACK)),
                isFirst && TOKEN_COMPLETED.equals(said));
    }
}
