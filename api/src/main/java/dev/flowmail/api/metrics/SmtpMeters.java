package dev.flowmail.api.metrics;

import dev.flowmail.activities.smtp.SmtpMailActivities;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Gauges of the connections to mail servers, over all of them: which servers there are is the tenants' affair. */
public record SmtpMeters(SmtpMailActivities mail) implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "flowmail.smtp.connections",
                        mail,
                        sending -> sending.load().active())
                .tag("state", "active")
                .description("Open connections to mail servers")
                .register(registry);
        Gauge.builder(
                        "flowmail.smtp.connections",
                        mail,
                        sending -> sending.load().idle())
                .tag("state", "idle")
                .description("Open connections to mail servers")
                .register(registry);
        Gauge.builder("flowmail.smtp.waiting", mail, sending -> sending.load().waiting())
                .description("Mails that wait in an attempt for a connection or for their turn")
                .register(registry);
    }
}
