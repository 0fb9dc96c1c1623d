package dev.flowmail.api.metrics;

import dev.flowmail.api.interceptors.ActivityInterceptor;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.mail.Mail;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what activities did, and logs what Flow was told. Workflows count nothing: they are replayed. */
public final class ActivityMeters extends WorkerInterceptorBase {
    private static final Logger LOG = LoggerFactory.getLogger(ActivityMeters.class);

    private final MailMeters mails;
    private final DecisionMeters decisions;
    private final CallbackMeters callbacks;

    public ActivityMeters(MeterRegistry registry, InstantSource clock) {
        mails = new MailMeters(registry);
        decisions = new DecisionMeters(registry);
        callbacks = new CallbackMeters(registry, clock, decisions);
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new Activity(next);
    }

    private final class Activity extends ActivityInterceptor {
        Activity(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            Object argument = firstOf(input.getArguments());
            if (info().getAttempt() == 1) {
                // told with a receipt or, when it cannot be signed, without
                endForWorkflow(argument).ifPresent(end -> decisions.told(end.status()));
            }
            try {
                ActivityOutput output = super.execute(input);
                count(argument, null);
                return output;
            } catch (RuntimeException | Error failure) {
                count(argument, failure);
                throw failure;
            }
        }

        private void count(@Nullable Object argument, @Nullable Throwable failure) {
            if (argument instanceof Mail mail) {
                mails.count(mail, failure);
            } else if (argument instanceof LateAnswer answer) {
                if (failure == null) {
                    LOG.info("{} Flow has been told: {}", request(), answer.ending());
                    callbacks.taken(request(), answer);
                } else {
                    callbacks.failed(request(), answer, failure, info().isLocal());
                }
            }
        }
    }
}
