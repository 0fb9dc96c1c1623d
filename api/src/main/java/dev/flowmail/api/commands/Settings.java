package dev.flowmail.api.commands;

import dev.flowmail.api.config.CannotStartException;
import java.util.Map;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The settings as {@code serve} would find them, without starting anything. */
final class Settings {

    private Settings() {}

    /**
     * From arguments, system properties, environment variables and configuration files, in this order.
     *
     * @throws CannotStartException when a configuration file cannot be read
     */
    static ConfigurableEnvironment load(Map<String, Object> arguments) {
        return complete(new StandardEnvironment(), arguments);
    }

    /** Adds arguments and configuration files to an environment. */
    static ConfigurableEnvironment complete(ConfigurableEnvironment environment, Map<String, Object> arguments) {
        environment.getPropertySources().addFirst(new MapPropertySource("arguments", arguments));
        try {
            ConfigDataEnvironmentPostProcessor.applyTo(environment);
        } catch (RuntimeException unreadable) {
            throw new CannotStartException(
                    "A configuration file cannot be read: " + unreadable.getMessage(), unreadable);
        }
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
