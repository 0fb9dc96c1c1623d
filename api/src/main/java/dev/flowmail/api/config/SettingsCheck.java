package dev.flowmail.api.config;

import static dev.flowmail.api.config.SettingNames.spell;

import dev.flowmail.activities.network.AllowList;
import dev.flowmail.activities.network.FlowHosts;
import dev.flowmail.activities.network.WebAddress;
import dev.flowmail.activities.smtp.SmtpLimits;
import dev.flowmail.api.tracing.TracingConfiguration;
import dev.flowmail.templates.Brand;
import dev.flowmail.templates.BrandException;
import dev.flowmail.workflows.decision.DecisionRequest.Rules;
import dev.flowmail.workflows.decision.TimeZones;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.unit.DataSize;

/**
 * Checks the settings before any bean exists and works out those that follow from others. The first mistake stops the
 * start with one {@link CannotStartException}.
 */
public final class SettingsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Pattern DEPLOYMENT_NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern BUILD_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private static final Logger LOG = LoggerFactory.getLogger(SettingsCheck.class);

    /** Property, worked out here: whether Flowmail runs a Temporal server of its own. */
    public static final String EMBEDDED = "temporal.embedded";

    private static final int MOST_REQUESTS = 1_000_000;
    /** What one workflow and its history are made for. */
    private static final int MOST_RECIPIENTS = 100;

    /** Half of what the worker does at once: a slow server must leave room for the others. */
    private static final int MOST_CONNECTIONS = 100;

    /** Whoever asks later than this has no hurry to find out. */
    private static final Duration LONGEST_STOP_DELAY = Duration.ofMinutes(5);

    /** Balancers ask every second or two. */
    private static final Duration USUAL_STOP_DELAY = Duration.ofSeconds(5);

    private static final String EXCLUDED = "spring.autoconfigure.exclude";
    private static final String STOP_DELAY = "flowmail.stop-delay";
    private static final String PUBLIC_URL = "flowmail.public-url";
    private static final String TARGET = "spring.temporal.connection.target";
    private static final Pattern HOST_AND_PORT = Pattern.compile("\\S+:(\\d{1,5})");
    private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#@\\s]+");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|.+\\.localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[?::1]?", Pattern.CASE_INSENSITIVE);

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        FlowmailProperties settings = read(environment);
        checkListening(environment);
        // all that follows takes some seconds
        LOG.info("Starting        {}", settings.publicUrl());
    }

    /**
     * The settings, where none of them is wrong.
     *
     * @throws CannotStartException for the first mistake
     */
    public static FlowmailProperties read(ConfigurableEnvironment environment) {
        Examined examined = examine(environment);
        if (!examined.mistakes().isEmpty()) {
            throw examined.mistakes().get(0);
        }
        return Objects.requireNonNull(examined.settings());
    }

    /**
     * What the settings are.
     *
     * @param settings null when one of them cannot be read
     * @param mistakes in the order of their weight; each message names its setting and the remedy
     */
    public record Examined(@Nullable FlowmailProperties settings, List<CannotStartException> mistakes) {}

    /** Looks for every mistake in the settings, and adds to the environment those that follow from others. */
    public static Examined examine(ConfigurableEnvironment environment) {
        List<CannotStartException> mistakes = new ArrayList<>();
        attempt(mistakes, () -> new SettingNames().check(environment));
        @Nullable FlowmailProperties settings = null;
        try {
            Map<String, Object> derived = new LinkedHashMap<>();
            derive(environment, derived);
            environment.getPropertySources().addFirst(new MapPropertySource("flowmailDerived", derived));
            settings = bind(environment);
            check(settings, environment, mistakes);
        } catch (CannotStartException mistake) {
            mistakes.add(mistake);
        }
        return new Examined(settings, mistakes);
    }

    private static void attempt(List<CannotStartException> mistakes, Runnable check) {
        try {
            check.run();
        } catch (CannotStartException mistake) {
            mistakes.add(mistake);
        }
    }

    private static void derive(ConfigurableEnvironment environment, Map<String, Object> derived) {
        int port = port(environment, "server.port", "SERVER_PORT", 0);
        if (port == 0) {
            port = freePort();
            derived.put("server.port", port);
        }
        derived.put(PUBLIC_URL, publicUrl(environment, port));

        String target = setting(environment, TARGET, "TEMPORAL_ADDRESS");
        derived.put(EMBEDDED, target == null);
        if (target == null) {
            String grpc = environment.getProperty("flowmail.temporal.port", "7233");
            target = "127.0.0.1:" + grpc.strip();
        } else if (!environment.containsProperty(STOP_DELAY)) {
            derived.put(STOP_DELAY, USUAL_STOP_DELAY.toString());
        }
        derived.put(TARGET, target);
        String namespace = setting(environment, "spring.temporal.namespace", "TEMPORAL_NAMESPACE");
        derived.put("spring.temporal.namespace", namespace == null ? "default" : namespace);
        String apiKey = setting(environment, "spring.temporal.connection.api-key", "TEMPORAL_API_KEY");
        if (apiKey != null) {
            derived.put("spring.temporal.connection.api-key", apiKey);
        }
        boolean isTraced =
                !environment.getProperty(TracingConfiguration.ENDPOINT, "").isBlank();
        derived.put(TracingConfiguration.ON, isTraced);
        if (!isTraced) {
            String others = environment.getProperty(EXCLUDED, "");
            derived.put(
                    EXCLUDED, others.isBlank() ? TracingConfiguration.BOOT : others + "," + TracingConfiguration.BOOT);
        }
        for (String property : SettingNames.TEMPORALS) {
            String value = setting(environment, property, SettingNames.inEnvironment(property));
            if (value != null) {
                derived.put(property, value);
            }
        }
    }

    /** Only for trials and tests: it is free now, and who listens on it later cannot be told. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new CannotStartException("SERVER_PORT (server.port) is 0, but there is no free port.", failure);
        }
    }

    /**
     * Makes sure that Flowmail can listen, before a Temporal server is started in vain.
     *
     * @throws CannotStartException when somebody else listens where Flowmail is to listen
     */
    public static void checkListening(ConfigurableEnvironment environment) {
        InetAddress address = address(environment);
        int port = port(environment, "server.port", "SERVER_PORT", 1);
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(address, port));
        } catch (IOException taken) {
            throw new CannotStartException(
                    "SERVER_PORT (server.port): port " + port + " of SERVER_ADDRESS (server.address) "
                            + address.getHostAddress() + " cannot be listened on: " + taken.getMessage() + ".",
                    taken);
        }
    }

    private static String publicUrl(ConfigurableEnvironment environment, int port) {
        InetAddress address = address(environment);
        String text = setting(environment, PUBLIC_URL, PUBLIC_URL);
        if (text == null) {
            if (!address.isLoopbackAddress()) {
                throw new CannotStartException(spell(PUBLIC_URL) + " is missing: SERVER_ADDRESS (server.address) is not"
                        + " loopback, so Flowmail cannot know by which address people reach it. Set it to the base of"
                        + " the links that are mailed, e.g. https://mail.example.com.");
            }
            return "http://localhost:" + port;
        }
        URI url = absolute(text.strip());
        boolean hasCredentials =
                environment.getProperty("flowmail.auth.username", "").length() > 0
                        || "need".equalsIgnoreCase(ClientCertificates.wanted(environment));
        if (!hasCredentials && !(address.isLoopbackAddress() && isLoopback(url.getHost()))) {
            throw unprotected();
        }
        return text.strip().replaceAll("/+$", "");
    }

    private static URI absolute(String text) {
        try {
            URI url = URI.create(text);
            boolean isWeb = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (isWeb
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException malformed) {
            // falls through to the one sentence: what was written may hold a password
        }
        throw new CannotStartException(
                spell(PUBLIC_URL) + " must be an absolute http or https address without user, query"
                        + " and fragment, e.g. https://mail.example.com or https://example.com/flowmail.");
    }

    private static CannotStartException unprotected() {
        return new CannotStartException(spell("flowmail.auth.username") + " and " + spell("flowmail.auth.password")
                + " are missing: without them Flowmail starts only when both SERVER_ADDRESS (server.address) and the"
                + " host of " + spell(PUBLIC_URL) + " are loopback. Set both, or require client certificates"
                + " (server.ssl.client-auth=need).");
    }

    /** Whether a host's name or address means this machine. */
    public static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    private static InetAddress address(ConfigurableEnvironment environment) {
        String address = environment.getProperty("server.address", "127.0.0.1").strip();
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException unknown) {
            throw new CannotStartException(
                    "SERVER_ADDRESS (server.address) is not an address of this machine: " + address + ".", unknown);
        }
    }

    private static int port(ConfigurableEnvironment environment, String property, String name, int least) {
        String text = environment.getProperty(property, "").strip();
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        throw new CannotStartException(
                name + " (" + property + ") must be a port number from " + least + " to 65535, not \"" + text + "\".");
    }

    /** A setting by its property, else by its other name; an empty one is none. */
    private static @Nullable String setting(ConfigurableEnvironment environment, String property, String alias) {
        String value = environment.getProperty(property, "");
        String found = value.isBlank() ? environment.getProperty(alias, "") : value;
        return found.isBlank() ? null : found.strip();
    }

    private static FlowmailProperties bind(ConfigurableEnvironment environment) {
        try {
            return Binder.get(environment).bindOrCreate("flowmail", FlowmailProperties.class);
        } catch (BindException failure) {
            ConfigurationPropertyName name =
                    failure.getProperty() != null ? failure.getProperty().getName() : failure.getName();
            // the value is not repeated: a secret may have been put into the wrong place
            throw new CannotStartException(
                    spell(name.toString()) + " cannot be read: write "
                            + form(failure.getTarget().getType().resolve()) + ".",
                    failure);
        }
    }

    private static String form(@Nullable Class<?> type) {
        if (type == Duration.class) {
            return "an ISO-8601 duration such as P30D or PT48H";
        }
        if (type == int.class) {
            return "a whole number";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type != null && type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(value -> value.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" or "));
        }
        return type == DataSize.class ? "a size such as 25MB" : "a single plain value";
    }

    private static void check(
            FlowmailProperties settings, ConfigurableEnvironment environment, List<CannotStartException> mistakes) {
        boolean isEmbedded = environment.getRequiredProperty(EMBEDDED, Boolean.class);
        attempt(mistakes, () -> checkBrand(settings.brandDirectory()));
        attempt(mistakes, () -> checkStopDelay(settings.stopDelay()));
        attempt(mistakes, () -> checkDecision(settings.decision()));
        attempt(mistakes, () -> checkTimeZone(settings.timeZone()));
        attempt(mistakes, () -> checkAttachments(settings.attachments()));
        attempt(mistakes, () -> checkBucket(settings.attachments()));
        attempt(mistakes, () -> checkAuth(settings.auth()));
        attempt(mistakes, () -> ClientCertificates.check(environment));
        for (KeySetting which : KeySetting.values()) {
            attempt(mistakes, () -> checkKey(which, settings.keys(), isEmbedded));
        }
        attempt(mistakes, () -> checkOrigins(settings.codec()));
        attempt(mistakes, () -> checkNetwork(settings.network()));
        attempt(mistakes, () -> checkFlow(settings.flow()));
        attempt(mistakes, () -> checkTraces(environment));
        attempt(mistakes, () -> checkLimits(settings.limits()));
        attempt(mistakes, () -> checkSmtp(settings.smtp()));
        attempt(mistakes, () -> checkTemporal(environment, isEmbedded));
        attempt(mistakes, () -> checkVersion(settings.temporal()));
    }

    private static void checkBrand(@Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try {
            var ignored = Brand.read(directory);
        } catch (BrandException mistake) {
            throw new CannotStartException(spell("flowmail.brand-directory") + ": " + mistake.getMessage(), mistake);
        }
    }

    private static void checkOrigins(FlowmailProperties.Codec codec) {
        for (String origin : codec.origins()) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new CannotStartException(spell("flowmail.codec.origins")
                        + " must be origins such as https://temporal.example.com, comma-separated and without a path.");
            }
        }
    }

    private static void checkNetwork(FlowmailProperties.Network network) {
        try {
            var ignored = new AllowList(network.allow());
            network.forwardProxy();
        } catch (IllegalArgumentException wrong) {
            throw new CannotStartException(wrong.getMessage() + ".", wrong);
        }
    }

    private static void checkTraces(ConfigurableEnvironment environment) {
        String endpoint = environment.getProperty(TracingConfiguration.ENDPOINT, "");
        if (endpoint.isBlank()) {
            return;
        }
        if (WebAddress.parse(endpoint).isEmpty()) {
            throw new CannotStartException("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT (" + TracingConfiguration.ENDPOINT
                    + ") must be an absolute http or https address without user info,"
                    + " e.g. http://collector.example.com:4318/v1/traces.");
        }
        if ("grpc".equalsIgnoreCase(environment.getProperty(TracingConfiguration.TRANSPORT))) {
            throw new CannotStartException("OTEL_EXPORTER_OTLP_PROTOCOL (" + TracingConfiguration.TRANSPORT
                    + ") must be http/protobuf (http): Flowmail sends traces over HTTP only.");
        }
    }

    private static void checkFlow(FlowmailProperties.Flow flow) {
        try {
            var ignored = new FlowHosts(flow.hosts());
        } catch (IllegalArgumentException wrong) {
            throw new CannotStartException(wrong.getMessage() + ".", wrong);
        }
    }

    private static void checkLimits(FlowmailProperties.Limits limits) {
        requireWithin("flowmail.limits.requests-per-tenant", limits.requestsPerTenant(), MOST_REQUESTS);
        requireWithin("flowmail.limits.requests-per-source", limits.requestsPerSource(), MOST_REQUESTS);
        requireWithin("flowmail.limits.recipients", limits.recipients(), MOST_RECIPIENTS);
    }

    private static void requireWithin(String property, int value, int most) {
        if (value < 1 || value > most) {
            throw new CannotStartException(spell(property) + " must be from 1 to " + most + ", not " + value + ".");
        }
    }

    private static void checkSmtp(FlowmailProperties.Smtp smtp) {
        if (smtp.connections() < 1 || smtp.connections() > MOST_CONNECTIONS) {
            throw new CannotStartException(spell("flowmail.smtp.connections") + " must be from 1 to " + MOST_CONNECTIONS
                    + ", not " + smtp.connections() + ".");
        }
        try {
            if (smtp.rate() != null) {
                SmtpLimits.Rate.parse(smtp.rate());
            }
        } catch (IllegalArgumentException wrong) {
            throw new CannotStartException(
                    spell("flowmail.smtp.rate")
                            + " must be mails per second, minute or hour, e.g. 5/s, 30/m or 1000/h.",
                    wrong);
        }
    }

    private static void checkTemporal(ConfigurableEnvironment environment, boolean isEmbedded) {
        int grpc = port(environment, "flowmail.temporal.port", 7233);
        int ui = port(environment, "flowmail.temporal.ui-port", 8233);
        if (isEmbedded) {
            checkPorts(grpc, ui, environment.getRequiredProperty("server.port", Integer.class));
        } else {
            checkTarget(environment.getRequiredProperty(TARGET));
        }
    }

    /** As long and of what characters as Temporal takes them: a dot parts the two where they are one text. */
    private static void checkVersion(FlowmailProperties.Temporal temporal) {
        String name = temporal.deploymentName();
        String build = temporal.workerBuildId();
        if ((name == null) != (build == null)) {
            throw new CannotStartException(spell("flowmail.temporal.deployment-name") + " and "
                    + spell("flowmail.temporal.worker-build-id")
                    + " go together: set both for worker versioning, or neither.");
        }
        if (name != null && !DEPLOYMENT_NAME.matcher(name).matches()) {
            throw new CannotStartException(spell("flowmail.temporal.deployment-name")
                    + " must be 1 to 100 letters, digits, - or _, e.g. flowmail.");
        }
        if (build != null && !BUILD_ID.matcher(build).matches()) {
            throw new CannotStartException(spell("flowmail.temporal.worker-build-id")
                    + " must be 1 to 100 letters, digits, ., - or _, e.g. 1.0.0-2.");
        }
    }

    private static int port(ConfigurableEnvironment environment, String property, int byDefault) {
        return environment.containsProperty(property)
                ? port(environment, property, property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), 1)
                : byDefault;
    }

    private static void checkPorts(int grpc, int ui, int own) {
        if (grpc == ui || grpc == own || ui == own) {
            throw new CannotStartException(spell("flowmail.temporal.port") + ", " + spell("flowmail.temporal.ui-port")
                    + " and SERVER_PORT (server.port) must be three different ports.");
        }
    }

    private static void checkStopDelay(Duration delay) {
        if (delay.isNegative() || delay.compareTo(LONGEST_STOP_DELAY) > 0) {
            throw new CannotStartException(spell(STOP_DELAY) + " must be from PT0S to PT5M, not " + delay + ".");
        }
    }

    private static void checkDecision(FlowmailProperties.Decision decision) {
        Duration timeout = decision.timeout();
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Rules.LONGEST_TIMEOUT) > 0) {
            throw new CannotStartException(
                    spell("flowmail.decision.timeout") + " must be from PT1S to P119D, not " + timeout + ".");
        }
    }

    private static void checkTimeZone(String timeZone) {
        if (TimeZones.parse(timeZone).isEmpty()) {
            throw new CannotStartException(spell("flowmail.time-zone") + " must be " + TimeZones.FORM + ".");
        }
    }

    private static void checkAttachments(FlowmailProperties.Attachments attachments) {
        if (!AttachmentStores.isShared(attachments) && !attachments.store().equals("directory")) {
            throw new CannotStartException(spell("flowmail.attachments.store") + " must be directory or s3.");
        }
        if (attachments.keep().compareTo(Duration.ofSeconds(1)) < 0) {
            throw new CannotStartException(spell("flowmail.attachments.keep") + " must be at least PT1S.");
        }
        if (attachments.maxSize().toBytes() < 1) {
            throw new CannotStartException(spell("flowmail.attachments.max-size") + " must be at least 1B.");
        }
        requireNotLess("flowmail.attachments.max-per-tenant", attachments.maxPerTenant(), attachments.maxSize());
        requireNotLess("flowmail.attachments.max-total", attachments.maxTotal(), attachments.maxSize());
    }

    private static void requireNotLess(String setting, DataSize size, DataSize oneFile) {
        if (size.compareTo(oneFile) < 0) {
            throw new CannotStartException(spell(setting) + " must be at least as large as "
                    + spell("flowmail.attachments.max-size") + ", one file.");
        }
    }

    private static void checkBucket(FlowmailProperties.Attachments attachments) {
        FlowmailProperties.Attachments.S3 s3 = attachments.s3();
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("flowmail.attachments.s3.bucket", s3.bucket());
        given.put("flowmail.attachments.s3.region", s3.region());
        given.put("flowmail.attachments.s3.endpoint", s3.endpoint());
        given.put("flowmail.attachments.s3.access-key", s3.accessKey());
        given.put("flowmail.attachments.s3.secret-key", s3.secretKey());
        given.put("flowmail.attachments.s3.path-style", s3.pathStyle());
        if (!AttachmentStores.isShared(attachments)) {
            given.forEach((property, value) -> {
                if (value != null) {
                    throw new CannotStartException(spell(property) + " is set, but "
                            + spell("flowmail.attachments.store") + " is not s3: set that to s3, or take this away.");
                }
            });
            return;
        }
        requireForS3("flowmail.attachments.s3.bucket", s3.bucket());
        requireForS3("flowmail.attachments.s3.region", s3.region());
        if ((s3.accessKey() == null) != (s3.secretKey() == null)) {
            String missing = s3.accessKey() == null ? "access-key" : "secret-key";
            throw new CannotStartException(spell("flowmail.attachments.s3." + missing)
                    + " is missing: access key and secret key go together. Set both, or none for the AWS"
                    + " default chain.");
        }
        if (s3.endpoint() != null
                && WebAddress.parse(s3.endpoint())
                        .filter(endpoint -> endpoint.getHost() != null)
                        .isEmpty()) {
            throw new CannotStartException(spell("flowmail.attachments.s3.endpoint")
                    + " must be an http or https address without user, e.g. https://s3.example.com.");
        }
    }

    private static void requireForS3(String property, @Nullable String value) {
        if (value == null) {
            throw new CannotStartException(spell(property) + " is missing: the store s3 needs it.");
        }
    }

    private static void checkAuth(FlowmailProperties.Auth auth) {
        if (auth.username() == null && auth.password() == null) {
            return;
        }
        if (auth.username() == null || auth.password() == null) {
            String missing = auth.username() == null ? "flowmail.auth.username" : "flowmail.auth.password";
            throw new CannotStartException(spell(missing) + " is missing: user name and password go together.");
        }
        if (auth.username().contains(":")) {
            throw new CannotStartException(
                    spell("flowmail.auth.username") + " must not hold a colon: HTTP Basic has no way to send it.");
        }
    }

    private static void checkKey(KeySetting which, FlowmailProperties.Keys settings, boolean isEmbedded) {
        @Nullable String keys = which.in(settings);
        if (keys != null) {
            which.parse(spell(which.property()), keys);
        } else if (!isEmbedded && which.isRequired()) {
            throw new CannotStartException(spell(which.property())
                    + " is missing: with TEMPORAL_ADDRESS set, the keys of links and payloads are"
                    + " required, because every replica needs the same ones. Make them with ./flowmail keys.");
        }
    }

    private static void checkTarget(String target) {
        var match = HOST_AND_PORT.matcher(target);
        if (!match.matches() || Integer.parseInt(match.group(1)) < 1 || Integer.parseInt(match.group(1)) > 65_535) {
            throw new CannotStartException(
                    "TEMPORAL_ADDRESS (" + TARGET + ") must be host:port, e.g." + " temporal.example.com:7233.");
        }
    }
}
