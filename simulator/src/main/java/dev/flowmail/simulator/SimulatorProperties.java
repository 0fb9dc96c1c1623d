package dev.flowmail.simulator;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The simulator's settings.
 *
 * @param port of the engine on 127.0.0.1
 * @param smtpPort of the mail server on 127.0.0.1
 * @param flowmail where Flowmail is
 * @param temporalUi where the UI of its Temporal is
 */
@ConfigurationProperties("simulator")
public record SimulatorProperties(
        @DefaultValue("8090") int port,
        @DefaultValue("3025") int smtpPort,
        @DefaultValue("http://localhost:8080") URI flowmail,
        @DefaultValue("http://localhost:8233") URI temporalUi) {}
