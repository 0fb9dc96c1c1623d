package dev.flowmail.api.wire;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.activities.network.AllowList;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.api.config.FlowmailProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** Flowmail without Temporal; not a {@code @Configuration}, so that no scan finds it. */
@EnableAutoConfiguration
@EnableConfigurationProperties(FlowmailProperties.class)
@ComponentScan({
    "dev.flowmail.api.actions",
    "dev.flowmail.api.edge",
    "dev.flowmail.api.metadata",
    "dev.flowmail.api.problems"
})
public class Wire {

    @Bean
    RecordingDispatcher dispatcher() {
        return new RecordingDispatcher();
    }

    @Bean
    AttachmentStore store() throws IOException {
        KeyRing keys = KeyRing.parse("test:" + Base64.getEncoder().encodeToString(new byte[32]));
        return new AttachmentStore(
                Files.createTempDirectory("flowmail-wire"), keys, 25_000_000, Duration.ofDays(2), Clock.systemUTC());
    }

    @Bean
    NetworkGuard guard() {
        return new AllowList(List.of());
    }
}
