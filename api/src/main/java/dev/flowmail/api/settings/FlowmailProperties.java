package dev.flowmail.api.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Flowmail's settings, read by {@link SettingsCheck} before any bean exists; each part checks itself. Editors show each
 * description by itself.
 *
 * @param publicUrl base of every link that is mailed, e.g. https://mail.example.com/flowmail; a path prefix is allowed.
 *     http://localhost and the port when not set
 * @param dataDirectory where the embedded Temporal's database, generated keys and uploaded files are; nobody else may read
 *     it
 * @param brandDirectory directory with brand.properties, messages_xx.properties and a logo, which mails and pages then
 *     show; Flowmail's own look and languages when not set
 * @param stopDelay how long everything is still answered when Flowmail is stopped, while readiness says out of service
 *     already: PT0S to PT5M. PT5S when not set while Temporal is elsewhere, so that another replica may take over
 * @param timeZone IANA name of the time zone in which emails and pages show times when a request names none, e.g.
 *     Europe/Berlin
 * @param decision settings of decision requests
 * @param attachments settings of the attachment store
 * @param keys the key settings; generated in the data directory when not set
 * @param auth HTTP Basic for Flow and operators
 * @param codec the codec endpoints
 * @param network what may be dialled for a caller
 * @param flow where Flow is
 * @param limits how much callers may ask for
 * @param smtp what one mail server gets at most
 * @param nexus what other workflows may call
 * @param temporal the embedded Temporal server, and worker versioning
 */
@ConfigurationProperties("flowmail")
public record FlowmailProperties(
        URI publicUrl,
        @DefaultValue(".flowmail") Path dataDirectory,
        @Nullable Path brandDirectory,
        @DefaultValue("PT0S") Duration stopDelay,
        @DefaultValue("UTC") ZoneId timeZone,
        @DefaultValue @NestedConfigurationProperty DecisionProperties decision,
        @DefaultValue @NestedConfigurationProperty AttachmentProperties attachments,
        @DefaultValue @NestedConfigurationProperty KeyProperties keys,
        @DefaultValue @NestedConfigurationProperty AuthProperties auth,
        @DefaultValue @NestedConfigurationProperty CodecProperties codec,
        @DefaultValue @NestedConfigurationProperty NetworkProperties network,
        @DefaultValue @NestedConfigurationProperty FlowProperties flow,
        @DefaultValue @NestedConfigurationProperty LimitProperties limits,
        @DefaultValue @NestedConfigurationProperty SmtpProperties smtp,
        @DefaultValue @NestedConfigurationProperty NexusProperties nexus,
        @DefaultValue @NestedConfigurationProperty TemporalProperties temporal) {}
