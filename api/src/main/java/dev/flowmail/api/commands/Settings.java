package dev.flowmail.api.commands;

import dev.flowmail.api.settings.CannotStartException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The settings as {@code serve} would find them, without starting anything. */
final class Settings {

    /** A property's name has a dot at least, which no option has. */
    private static final Pattern SETTING = Pattern.compile("--([^=\\s]+\\.[^=\\s]+)=(.*)", Pattern.DOTALL);

    private Settings() {}

    /** Whether an argument is a setting, {@code --property=value}, as {@code serve} takes them too. */
    static boolean isOne(String argument) {
        return SETTING.matcher(argument).matches();
    }

    /**
     * From arguments, system properties, environment variables and configuration files, in this order.
     *
     * @param arguments each {@code --property=value}
     * @throws CannotStartException when a configuration file cannot be read
     */
    static ConfigurableEnvironment load(List<String> arguments) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String argument : arguments) {
            int sign = argument.indexOf('=');
            properties.put(argument.substring(2, sign), argument.substring(sign + 1));
        }
        return complete(new StandardEnvironment(), properties);
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
