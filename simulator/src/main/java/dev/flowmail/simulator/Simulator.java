package dev.flowmail.simulator;

import dev.flowmail.simulator.engine.Connector;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.inbox.Inbox;
import dev.flowmail.simulator.s3.S3Connector;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * The simulator's program: a Flow engine, a mail server and the page that shows both, on 127.0.0.1. With {@code --once} it plays one decision through
 * and exits with 0 only if Flow got the chosen outcome.
 */
@SpringBootApplication
@EnableConfigurationProperties(SimulatorProperties.class)
public class Simulator {

    public static void main(String[] arguments) {
        ConfigurableApplicationContext context = SpringApplication.run(Simulator.class, arguments);
        if (Arrays.asList(arguments).contains("--once")) {
            boolean went = context.getBean(OneRun.class).play();
            System.exit(SpringApplication.exit(context, () -> went ? 0 : 1));
        }
    }

    @Bean
    Inbox inbox(SimulatorProperties properties) {
        return new Inbox(properties.smtpPort());
    }

    @Bean
    FlowEngine engine(SimulatorProperties properties, Inbox inbox) {
        return new FlowEngine(URI.create("http://127.0.0.1:" + properties.port()), inbox.port());
    }

    @Bean
    S3Connector s3(SimulatorProperties properties) {
        return new S3Connector(URI.create("http://127.0.0.1:" + properties.port()));
    }

    @Bean
    Connector connector(SimulatorProperties properties) {
        return new Connector(URI.create(properties.flowmail() + "/api/email/1"));
    }

    @Bean
    OneRun oneRun(SimulatorProperties properties, FlowEngine engine, Inbox inbox, Connector connector) {
        return new OneRun(properties.flowmail(), engine, inbox, connector);
    }

    /** Last of all customizers: no setting opens the simulator to other machines. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> loopbackOnly(SimulatorProperties properties) {
        return factory -> {
            factory.setAddress(loopback());
            factory.setPort(properties.port());
        };
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
