package dev.flowmail.api.wiring;

import dev.flowmail.activities.smtp.SmtpMailActivities;
import dev.flowmail.api.drain.Drain;
import dev.flowmail.api.metrics.ActivityMeters;
import dev.flowmail.api.metrics.DoorMeters;
import dev.flowmail.api.metrics.RequestMeters;
import dev.flowmail.api.metrics.SmtpMeters;
import dev.flowmail.api.temporal.TemporalWorker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The numbers that operators watch. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    @Bean
    ActivityMeters activityMeters(MeterRegistry registry) {
        return new ActivityMeters(registry, Clock.systemUTC());
    }

    @Bean
    RequestMeters requestMeters(MeterRegistry registry) {
        return new RequestMeters(registry);
    }

    @Bean
    DoorMeters doorMeters(MeterRegistry registry, RequestMeters requests) {
        return new DoorMeters(registry, requests);
    }

    @Bean
    SmtpMeters smtpMeters(SmtpMailActivities mail) {
        return new SmtpMeters(mail);
    }

    @Bean
    MeterBinder workerMeter(TemporalWorker worker) {
        return registry -> Gauge.builder("flowmail.worker.started", worker, one -> one.isStarted() ? 1 : 0)
                .description("1 once the worker takes tasks from Temporal")
                .register(registry);
    }

    @Bean
    MeterBinder drainMeter(Drain drain) {
        return registry -> Gauge.builder("flowmail.drained", drain, one -> one.isOn() ? 1 : 0)
                .description("1 while new requests are refused, after ./flowmail drain")
                .register(registry);
    }
}
