package dev.flowmail.api.settings;

import dev.flowmail.activities.smtp.SmtpLimits;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What one replica asks of one mail server (host and port) at most.
 *
 * @param connections how many connections one mail server gets at once from one replica, 1 to 100
 * @param rate how many mails one mail server gets from one replica, per second, minute or hour, e.g. 5/s, 30/m or 1000/h; any
 *     number when not set
 */
public record SmtpProperties(@DefaultValue("8") int connections, SmtpLimits.@Nullable Rate rate) {

    /** Half of what the worker does at once: a slow server must leave room for the others. */
    private static final int MOST_CONNECTIONS = 100;

    public SmtpProperties {
        Rule.of("flowmail.smtp.connections").requiresOneTo(MOST_CONNECTIONS, connections);
    }

    public SmtpLimits limits() {
        return new SmtpLimits(connections, rate);
    }
}
