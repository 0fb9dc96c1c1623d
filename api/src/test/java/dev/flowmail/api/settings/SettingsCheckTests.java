package dev.flowmail.api.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowmail.servers.Ports;
import io.temporal.common.WorkerDeploymentVersion;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.util.Throwables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SettingsCheckTests {

    private static final String KEY = "k1:" + Base64.getEncoder().encodeToString(new byte[32]);

    private final int port = Ports.free();
    private final Map<String, Object> variables = new LinkedHashMap<>();
    private final Map<String, Object> properties = new LinkedHashMap<>();

    @Test
    void nothingSetIsAWholeConfiguration() {
        ConfigurableEnvironment environment = check();

        assertThat(environment.getProperty("flowmail.public-url")).isEqualTo("http://localhost:" + port);
        assertThat(environment.getProperty("spring.temporal.connection.target")).isEqualTo("127.0.0.1:7233");
        assertThat(environment.getProperty("spring.temporal.namespace")).isEqualTo("default");
        assertThat(environment.getProperty(DerivedSettings.EMBEDDED, Boolean.class))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        FLOWMAIL_DATA_DIR            | x                       | FLOWMAIL_DATA_DIR is not a setting of Flowmail. Did you mean FLOWMAIL_DATA_DIRECTORY?
        FLOWMAIL_DECISION_TIMOUT     | P1D                     | Did you mean FLOWMAIL_DECISION_TIMEOUT?
        flowmail.decision.timout     | P1D                     | flowmail.decision.timout is not a setting of Flowmail. Did you mean flowmail.decision.timeout?
        FLOWMAIL_PORT                | 9000                    | FLOWMAIL_PORT is not a setting of Flowmail. Did you mean SERVER_PORT?
        FLOWMAIL_TEMPORAL_ADDRESS    | temporal:7233           | Did you mean TEMPORAL_ADDRESS?
        FLOWMAIL_COLOUR              | blue                    | FLOWMAIL_COLOUR is not a setting of Flowmail. Remove it.
        FLOWMAIL_DECISION_TIMEOUT    | soon                    | FLOWMAIL_DECISION_TIMEOUT (flowmail.decision.timeout) cannot be read: write an ISO-8601 duration
        FLOWMAIL_DECISION_AFTER_ANSWER | elsewhere             | FLOWMAIL_DECISION_AFTER_ANSWER (flowmail.decision.after-answer) cannot be read: write flow or page
        FLOWMAIL_DECISION_CONFIRMATION | password              | FLOWMAIL_DECISION_CONFIRMATION (flowmail.decision.confirmation) cannot be read: write button or careful or code
        FLOWMAIL_TIME_ZONE           | Middle-Earth            | FLOWMAIL_TIME_ZONE (flowmail.time-zone) must be the IANA name of a time zone, such as Europe/Berlin
        FLOWMAIL_TIME_ZONE           | +02:00                  | FLOWMAIL_TIME_ZONE (flowmail.time-zone) must be the IANA name of a time zone
        FLOWMAIL_TIME_ZONE           | ''                      | FLOWMAIL_TIME_ZONE (flowmail.time-zone) is empty
        FLOWMAIL_DECISION_TIMEOUT    | P120D                   | FLOWMAIL_DECISION_TIMEOUT (flowmail.decision.timeout) must be from PT1S to P119D
        FLOWMAIL_DECISION_TIMEOUT    | PT0.5S                  | must be from PT1S to P119D
        FLOWMAIL_DECISION_TIMEOUT    | ''                      | FLOWMAIL_DECISION_TIMEOUT (flowmail.decision.timeout) is empty
        FLOWMAIL_STOP_DELAY          | PT5M1S                  | FLOWMAIL_STOP_DELAY (flowmail.stop-delay) must be from PT0S to PT5M
        FLOWMAIL_STOP_DELAY          | -PT1S                   | FLOWMAIL_STOP_DELAY (flowmail.stop-delay) must be from PT0S to PT5M
        FLOWMAIL_STOP_DELAY          | a while                 | FLOWMAIL_STOP_DELAY (flowmail.stop-delay) cannot be read: write an ISO-8601 duration
        management.opentelemetry.tracing.export.otlp.endpoint | collector:4318 | OTEL_EXPORTER_OTLP_TRACES_ENDPOINT (management.opentelemetry.tracing.export.otlp.endpoint) must be an absolute http or https address
        FLOWMAIL_BRAND_DIRECTORY     | no-such-directory       | FLOWMAIL_BRAND_DIRECTORY (flowmail.brand-directory): no-such-directory is not a directory.
        FLOWMAIL_DATA_DIRECTORY      | ' '                     | FLOWMAIL_DATA_DIRECTORY (flowmail.data-directory) is empty
        FLOWMAIL_PUBLIC_URL          | mail.example.com        | FLOWMAIL_PUBLIC_URL (flowmail.public-url) must be an absolute http or https address
        FLOWMAIL_PUBLIC_URL          | ftp://localhost         | FLOWMAIL_PUBLIC_URL
        FLOWMAIL_PUBLIC_URL          | http://localhost/?a=b   | FLOWMAIL_PUBLIC_URL
        FLOWMAIL_PUBLIC_URL          | http://u:p@localhost/   | FLOWMAIL_PUBLIC_URL
        FLOWMAIL_PUBLIC_URL          | http://local host/      | FLOWMAIL_PUBLIC_URL
        FLOWMAIL_PUBLIC_URL          | https://mail.example.com| FLOWMAIL_AUTH_USERNAME
        FLOWMAIL_AUTH_USERNAME       | flow                    | FLOWMAIL_AUTH_PASSWORD (flowmail.auth.password) is missing
        FLOWMAIL_AUTH_PASSWORD       | secret                  | FLOWMAIL_AUTH_USERNAME (flowmail.auth.username) is missing
        SERVER_ADDRESS               | 0.0.0.0                 | FLOWMAIL_PUBLIC_URL (flowmail.public-url) is missing
        SERVER_PORT                  | http                    | SERVER_PORT (server.port) must be a port number
        SERVER_PORT                  | 65536                   | SERVER_PORT (server.port) must be a port number
        FLOWMAIL_TEMPORAL_PORT       | 0                       | FLOWMAIL_TEMPORAL_PORT (flowmail.temporal.port) must be a port number from 1 to 65535
        FLOWMAIL_TEMPORAL_UI_PORT    | 7233                    | must be three different ports
        FLOWMAIL_TEMPORAL_UI_PORT    | many                    | FLOWMAIL_TEMPORAL_UI_PORT (flowmail.temporal.ui-port)
        TEMPORAL_ADDRESS             | temporal:7233           | FLOWMAIL_KEYS_LINKS (flowmail.keys.links) is missing: with TEMPORAL_ADDRESS set
        FLOWMAIL_KEYS_LINKS          | k1:tooshort             | FLOWMAIL_KEYS_LINKS (flowmail.keys.links) is wrong
        FLOWMAIL_KEYS_PAYLOADS       | nothing                 | FLOWMAIL_KEYS_PAYLOADS (flowmail.keys.payloads) is wrong
        FLOWMAIL_NETWORK_ALLOW       | 10.0.0.0/99             | FLOWMAIL_NETWORK_ALLOW
        FLOWMAIL_NETWORK_PROXY       | proxy.example.com:3128  | FLOWMAIL_NETWORK_PROXY
        FLOWMAIL_FLOW_HOSTS          | https://flow.example    | FLOWMAIL_FLOW_HOSTS: "https://flow.example" is not a host name or IP address
        FLOWMAIL_LIMITS_RECIPIENTS   | 101                     | FLOWMAIL_LIMITS_RECIPIENTS (flowmail.limits.recipients) must be from 1 to 100
        FLOWMAIL_LIMITS_REQUESTS_PER_TENANT | 0                | FLOWMAIL_LIMITS_REQUESTS_PER_TENANT (flowmail.limits.requests-per-tenant) must be from 1
        FLOWMAIL_LIMITS_REQUESTS_PER_SOURCE | many             | FLOWMAIL_LIMITS_REQUESTS_PER_SOURCE (flowmail.limits.requests-per-source) cannot be read: write a whole number
        SERVER_SSL_CLIENT_AUTH       | need                    | SERVER_SSL_CLIENT_AUTH (server.ssl.client-auth) is need, but without TLS
        FLOWMAIL_CODEC_ORIGINS       | http://a.example/path   | FLOWMAIL_CODEC_ORIGINS (flowmail.codec.origins)
        FLOWMAIL_CODEC_ORIGINS       | *                       | FLOWMAIL_CODEC_ORIGINS (flowmail.codec.origins)
        FLOWMAIL_ATTACHMENTS_STORE   | s3                      | FLOWMAIL_ATTACHMENTS_S3_BUCKET (flowmail.attachments.s3.bucket) is missing: the store s3 needs it
        FLOWMAIL_ATTACHMENTS_STORE   | redis                   | FLOWMAIL_ATTACHMENTS_STORE (flowmail.attachments.store) must be directory or s3
        FLOWMAIL_ATTACHMENTS_S3_BUCKET | b                     | FLOWMAIL_ATTACHMENTS_S3_BUCKET (flowmail.attachments.s3.bucket) is set, but FLOWMAIL_ATTACHMENTS_STORE (flowmail.attachments.store) is not s3
        FLOWMAIL_ATTACHMENTS_S3_PATH_STYLE | perhaps           | FLOWMAIL_ATTACHMENTS_S3_PATH_STYLE (flowmail.attachments.s3.path-style) cannot be read: write true or false
        FLOWMAIL_SMTP_CONNECTIONS    | 0                       | FLOWMAIL_SMTP_CONNECTIONS (flowmail.smtp.connections) must be from 1 to 100
        FLOWMAIL_SMTP_CONNECTIONS    | 101                     | FLOWMAIL_SMTP_CONNECTIONS (flowmail.smtp.connections) must be from 1 to 100
        FLOWMAIL_SMTP_CONNECTIONS    | few                     | FLOWMAIL_SMTP_CONNECTIONS (flowmail.smtp.connections) cannot be read: write a whole number
        FLOWMAIL_SMTP_RATE           | 30 a minute             | FLOWMAIL_SMTP_RATE (flowmail.smtp.rate) must be mails per second, minute or hour
        FLOWMAIL_ATTACHMENTS_KEEP    | PT0S                    | FLOWMAIL_ATTACHMENTS_KEEP (flowmail.attachments.keep)
        FLOWMAIL_ATTACHMENTS_MAX_SIZE| huge                    | FLOWMAIL_ATTACHMENTS_MAX_SIZE (flowmail.attachments.max-size) cannot be read: write a size
        FLOWMAIL_ATTACHMENTS_MAX_SIZE| 0B                      | FLOWMAIL_ATTACHMENTS_MAX_SIZE (flowmail.attachments.max-size)
        """)
    void aMistakeStopsTheStartAndNamesItsSetting(String name, String value, String message) {
        (name.startsWith("flowmail.") ? properties : variables).put(name, value);

        assertThatThrownBy(this::check).isInstanceOf(CannotStartException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        FLOWMAIL_ATTACHMENTS_S3_REGION     |                         | FLOWMAIL_ATTACHMENTS_S3_REGION (flowmail.attachments.s3.region) is missing
        FLOWMAIL_ATTACHMENTS_S3_ACCESS_KEY | a                       | FLOWMAIL_ATTACHMENTS_S3_SECRET_KEY (flowmail.attachments.s3.secret-key) is missing
        FLOWMAIL_ATTACHMENTS_S3_SECRET_KEY | s                       | FLOWMAIL_ATTACHMENTS_S3_ACCESS_KEY (flowmail.attachments.s3.access-key) is missing
        FLOWMAIL_ATTACHMENTS_S3_ENDPOINT   | s3.example.com          | FLOWMAIL_ATTACHMENTS_S3_ENDPOINT (flowmail.attachments.s3.endpoint) must be an http or https address
        """)
    void aMistakeInTheBucketsSettingsStopsTheStart(String name, @Nullable String value, String message) {
        variables.putAll(Map.of(
                "FLOWMAIL_ATTACHMENTS_STORE", "s3",
                "FLOWMAIL_ATTACHMENTS_S3_BUCKET", "mail",
                "FLOWMAIL_ATTACHMENTS_S3_REGION", "eu-central-1"));
        variables.put(name, value == null ? "" : value);

        assertThatThrownBy(this::check).isInstanceOf(CannotStartException.class).hasMessageContaining(message);
    }

    @Test
    void aBucketIsUnderstoodFromTheEnvironment() {
        variables.putAll(Map.of(
                "FLOWMAIL_ATTACHMENTS_STORE", "s3",
                "FLOWMAIL_ATTACHMENTS_S3_BUCKET", "mail",
                "FLOWMAIL_ATTACHMENTS_S3_REGION", "eu-central-1",
                "FLOWMAIL_ATTACHMENTS_S3_ENDPOINT", "http://127.0.0.1:9000",
                "FLOWMAIL_ATTACHMENTS_S3_ACCESS_KEY", "access",
                "FLOWMAIL_ATTACHMENTS_S3_SECRET_KEY", "secret",
                "FLOWMAIL_ATTACHMENTS_S3_PATH_STYLE", "false"));

        AttachmentProperties attachments = settings().attachments();

        assertThat(attachments.isShared()).isTrue();
        assertThat(attachments.s3())
                .isEqualTo(new BucketProperties(
                        "mail", "eu-central-1", "http://127.0.0.1:9000", "access", "secret", false));
    }

    @Test
    void aServerElsewhereNeedsHostAndPort() {
        variables.putAll(
                Map.of("TEMPORAL_ADDRESS", "temporal", "FLOWMAIL_KEYS_LINKS", KEY, "FLOWMAIL_KEYS_PAYLOADS", KEY));

        assertThatThrownBy(this::check)
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("TEMPORAL_ADDRESS");
    }

    @Test
    void aServerElsewhereWithKeysIsUsed() {
        variables.putAll(Map.of(
                "TEMPORAL_ADDRESS", "temporal.example.com:7233",
                "TEMPORAL_NAMESPACE", "mail",
                "TEMPORAL_API_KEY", "secret",
                "FLOWMAIL_KEYS_LINKS", KEY,
                "FLOWMAIL_KEYS_PAYLOADS", KEY));

        ConfigurableEnvironment environment = check();

        assertThat(environment.getProperty("spring.temporal.connection.target")).isEqualTo("temporal.example.com:7233");
        assertThat(environment.getProperty("spring.temporal.namespace")).isEqualTo("mail");
        assertThat(environment.getProperty("spring.temporal.connection.api-key"))
                .isEqualTo("secret");
        assertThat(environment.getProperty(DerivedSettings.EMBEDDED, Boolean.class))
                .isFalse();
    }

    @Test
    void workerVersioningTakesADeploymentAndABuild() {
        variables.put("TEMPORAL_DEPLOYMENT_NAME", "flowmail");
        assertThatThrownBy(this::check)
                .hasMessageContaining("TEMPORAL_DEPLOYMENT_NAME")
                .hasMessageContaining("TEMPORAL_WORKER_BUILD_ID")
                .hasMessageContaining("go together");

        variables.put("TEMPORAL_WORKER_BUILD_ID", "1.0.0 final");
        assertThatThrownBy(this::check).hasMessageContaining("TEMPORAL_WORKER_BUILD_ID");

        variables.put("TEMPORAL_WORKER_BUILD_ID", "1.0.0");
        assertThat(settings().temporal().version()).contains(new WorkerDeploymentVersion("flowmail", "1.0.0"));

        variables.put("TEMPORAL_DEPLOYMENT_NAME", "flow.mail");
        assertThatThrownBy(this::check).hasMessageContaining("TEMPORAL_DEPLOYMENT_NAME");
    }

    @Test
    void tracesGoOverHttpOnly() {
        variables.put("management.opentelemetry.tracing.export.otlp.transport", "grpc");
        check();

        variables.put("management.opentelemetry.tracing.export.otlp.endpoint", "http://collector:4317");
        assertThatThrownBy(this::check)
                .hasMessageContaining("OTEL_EXPORTER_OTLP_PROTOCOL")
                .hasMessageContaining("must be http/protobuf");
    }

    @Test
    void aStopIsDelayedWhereAnotherReplicaMayTakeOver() {
        assertThat(stopDelay()).isEqualTo(Duration.ZERO);

        variables.putAll(Map.of(
                "TEMPORAL_ADDRESS", "temporal.example.com:7233",
                "FLOWMAIL_KEYS_LINKS", KEY,
                "FLOWMAIL_KEYS_PAYLOADS", KEY));
        assertThat(stopDelay()).isEqualTo(Duration.ofSeconds(5));

        variables.put("FLOWMAIL_STOP_DELAY", "PT12S");
        assertThat(stopDelay()).isEqualTo(Duration.ofSeconds(12));
    }

    private Duration stopDelay() {
        return settings().stopDelay();
    }

    @Test
    void aPublicAddressWithCredentialsMayBeAnywhere() {
        variables.putAll(Map.of(
                "SERVER_ADDRESS", "0.0.0.0",
                "FLOWMAIL_PUBLIC_URL", "https://example.com/flowmail/",
                "FLOWMAIL_AUTH_USERNAME", "flow",
                "FLOWMAIL_AUTH_PASSWORD", "secret"));

        assertThat(check().getProperty("flowmail.public-url")).isEqualTo("https://example.com/flowmail");
    }

    @Test
    void clientCertificatesCountAsCredentials() {
        variables.putAll(Map.of(
                "SERVER_ADDRESS", "0.0.0.0",
                "FLOWMAIL_PUBLIC_URL", "https://example.com",
                "SERVER_SSL_CLIENT_AUTH", "need",
                "SERVER_SSL_KEY_STORE", "server.p12",
                "SERVER_SSL_TRUST_STORE", "callers.p12"));

        assertThat(check().getProperty("flowmail.public-url")).isEqualTo("https://example.com");
    }

    @Test
    void clientCertificatesOfEveryAuthorityCountForNothing() {
        variables.putAll(Map.of("SERVER_SSL_CLIENT_AUTH", "WANT", "SERVER_SSL_BUNDLE", "web"));

        assertThatThrownBy(this::check)
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("nothing says whose certificates to accept");

        properties.put("spring.ssl.bundle.pem.web.truststore.certificate", "callers.pem");
        assertThat(check().getProperty("server.port")).isEqualTo(String.valueOf(port));
    }

    @Test
    void emptyOptionalSettingsAreNone() {
        variables.putAll(Map.of(
                "TEMPORAL_ADDRESS", "",
                "FLOWMAIL_PUBLIC_URL", "",
                "FLOWMAIL_AUTH_USERNAME", "",
                "FLOWMAIL_AUTH_PASSWORD", "",
                "FLOWMAIL_KEYS_LINKS", "",
                "FLOWMAIL_FLOW_HOSTS", "",
                "FLOWMAIL_SMTP_RATE", "",
                "FLOWMAIL_NETWORK_ALLOW", ""));

        assertThat(check().getProperty(DerivedSettings.EMBEDDED, Boolean.class)).isTrue();
    }

    @Test
    void whatKubernetesWritesForAServiceIsNoSetting() {
        variables.putAll(Map.of(
                "FLOWMAIL_SERVICE_HOST", "10.0.0.1",
                "FLOWMAIL_SERVICE_PORT_HTTP", "8080",
                "FLOWMAIL_PORT", "tcp://10.0.0.1:8080",
                "FLOWMAIL_PORT_8080_TCP_ADDR", "10.0.0.1"));

        assertThat(check().getProperty("server.port")).isEqualTo(String.valueOf(port));
    }

    @Test
    void listsAreTakenInEveryForm() {
        variables.put("FLOWMAIL_NETWORK_ALLOW", "10.0.0.0/8, mail.internal");
        properties.put("flowmail.codec.origins[0]", "https://temporal.example.com");

        assertThat(check().getProperty("flowmail.codec.origins[0]")).isEqualTo("https://temporal.example.com");
    }

    @Test
    void aWrongEntryOfAListIsTheOnlyMistake() {
        properties.put("flowmail.network.allow[0]", "10.0.0.0/99");
        properties.put("flowmail.network.allow[1]", "mail.internal");

        assertThat(SettingsCheck.examine(environment()).mistakes())
                .singleElement()
                .satisfies(mistake -> assertThat(mistake).hasMessageContaining("\"10.0.0.0/99\" is neither"));
    }

    @Test
    void everyMistakeInOnePartIsTold() {
        variables.putAll(Map.of("FLOWMAIL_ATTACHMENTS_KEEP", "soon", "FLOWMAIL_ATTACHMENTS_MAX_SIZE", "0B"));

        assertThat(SettingsCheck.examine(environment()).mistakes())
                .extracting(Throwable::getMessage)
                .satisfiesExactly(
                        keep -> assertThat(keep).startsWith("FLOWMAIL_ATTACHMENTS_KEEP"),
                        size -> assertThat(size).startsWith("FLOWMAIL_ATTACHMENTS_MAX_SIZE"));
    }

    @Test
    void keysThatCannotBeReadAreNotMissingToo() {
        variables.putAll(Map.of(
                "TEMPORAL_ADDRESS", "temporal.example.com:7233",
                "FLOWMAIL_KEYS_LINKS", "k1:tooshort",
                "FLOWMAIL_KEYS_PAYLOADS", KEY));

        assertThat(SettingsCheck.examine(environment()).mistakes())
                .singleElement()
                .satisfies(mistake -> assertThat(mistake)
                        .hasMessageStartingWith(
                                "FLOWMAIL_KEYS_LINKS (flowmail.keys.links) is wrong. Key 1 is wrong: "));
    }

    @Test
    void portZeroIsAFreePortThatThePublicAddressNames() {
        variables.put("SERVER_PORT", "0");

        ConfigurableEnvironment environment = check();

        assertThat(environment.getProperty("server.port")).isNotEqualTo("0");
        assertThat(environment.getProperty("flowmail.public-url"))
                .isEqualTo("http://localhost:" + environment.getProperty("server.port"));
    }

    @Test
    void keysAreNeverRepeated() {
        variables.put("FLOWMAIL_KEYS_LINKS", "k1:c2VjcmV0LWtleS1tYXRlcmlhbA==");

        assertThatThrownBy(this::check)
                .isInstanceOf(CannotStartException.class)
                .satisfies(
                        mistake -> assertThat(Throwables.getStackTrace(mistake)).doesNotContain("c2VjcmV0"));
    }

    private ConfigurableEnvironment check() {
        ConfigurableEnvironment environment = environment();
        initialize(environment);
        return environment;
    }

    private FlowmailProperties settings() {
        return initialize(environment()).getBeanFactory().getBean(FlowmailProperties.class);
    }

    private static GenericApplicationContext initialize(ConfigurableEnvironment environment) {
        GenericApplicationContext context = new GenericApplicationContext();
        context.setEnvironment(environment);
        new SettingsCheck().initialize(context);
        return context;
    }

    private ConfigurableEnvironment environment() {
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource("systemEnvironment", variables));
        environment.getPropertySources().addFirst(new MapPropertySource("file", properties));
        environment.getPropertySources().addLast(new MapPropertySource("defaults", Map.of("server.port", port)));
        return environment;
    }
}
