package dev.flowmail.api.tracing;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What traces need besides Spring Boot's own. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = TracingConfiguration.ON, havingValue = "true")
public class TracingConfiguration {

    /** Where spans go, an http(s) address; without it there are no traces. */
    public static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    /** How they are sent: {@code http}. */
    public static final String TRANSPORT = "management.opentelemetry.tracing.export.otlp.transport";

    /** Whether there is such an address. */
    public static final String ON = "flowmail.traced";

    /** What of Spring Boot is left out without it. */
    public static final String BOOT = String.join(
            ",",
            "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
            "org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration",
            "org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.prometheus.PrometheusExemplarsAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration");

    /** The workflow client has it from Temporal's starter, the activity client from {@code TemporalConfiguration}. */
    @Bean
    ClientTracing clientTracing() {
        return new ClientTracing();
    }

    @Bean
    WorkerTracing workerTracing(Tracer tracer) {
        return new WorkerTracing(tracer);
    }

    @Bean
    static BeanPostProcessor spanGuard() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof SpanExporter exporter ? new SpanGuard(exporter) : bean;
            }
        };
    }
}
