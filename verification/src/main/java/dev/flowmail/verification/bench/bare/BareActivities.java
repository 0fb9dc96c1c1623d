package dev.flowmail.verification.bench.bare;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;

/** Activities that do nothing but say that they ran. */
@ActivityInterface
public interface BareActivities {
    Duration LONGEST = Duration.ofMinutes(1);

    /** In place of the mail. */
    @ActivityMethod(name = "BenchFirst")
    void first(String id);

    /** In place of the callback. */
    @ActivityMethod(name = "BenchSecond")
    void second(String id);
}
