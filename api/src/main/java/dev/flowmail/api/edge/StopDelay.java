package dev.flowmail.api.edge;

import dev.flowmail.api.settings.FlowmailProperties;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The first step of an orderly stop: readiness says out of service already, and everything is still answered, until whoever
 * shares out the requests has had time to find out. Only then does the web server refuse connections.
 */
@Component
final class StopDelay implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(StopDelay.class);

    private final Duration delay;
    private volatile boolean isRunning;
    private volatile boolean isStopping;

    StopDelay(FlowmailProperties settings) {
        this.delay = settings.stopDelay();
    }

    /** Whether nobody should send anything more over the connections that are open. */
    boolean isStopping() {
        return isStopping;
    }

    @Override
    public void start() {
        isStopping = false;
        isRunning = true;
    }

    @Override
    public void stop() {
        isRunning = false;
        isStopping = true;
        if (delay.isZero()) {
            return;
        }
        LOG.info("Stopping: not ready any more, and still answering for {} s", delay.toSeconds());
        try {
            TimeUnit.MILLISECONDS.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    /** Stopped before all others, the web server included. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
