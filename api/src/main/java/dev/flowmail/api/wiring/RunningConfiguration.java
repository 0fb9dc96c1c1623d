package dev.flowmail.api.wiring;

import dev.flowmail.api.actions.Admission;
import dev.flowmail.api.config.DataDirectory;
import dev.flowmail.api.config.KeyRings;
import dev.flowmail.api.drain.Drain;
import dev.flowmail.api.drain.DrainedAdmission;
import dev.flowmail.api.settings.FlowmailProperties;
import dev.flowmail.api.temporal.AcceptedRequests;
import dev.flowmail.api.temporal.TemporalWorker;
import io.temporal.client.ActivityClient;
import io.temporal.client.WorkflowClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What tells whether this Flowmail runs and takes new requests. */
@Configuration(proxyBeanMethods = false)
class RunningConfiguration {

    @Bean
    Drain drain(DataDirectory directory) {
        return new Drain(directory.path());
    }

    @Bean
    Admission admission(Drain drain, WorkflowClient workflows, ActivityClient activities) {
        return new DrainedAdmission(drain, new AcceptedRequests(workflows, activities));
    }

    @Bean
    StartLog startLog(
            FlowmailProperties settings,
            DataDirectory directory,
            KeyRings keys,
            Drain drain,
            Environment environment,
            TemporalWorker worker) {
        return new StartLog(settings, directory, keys, drain.isOn(), environment, worker::whenStarted);
    }
}
