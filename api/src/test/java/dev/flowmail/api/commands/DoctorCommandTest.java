package dev.flowmail.api.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.config.DataDirectory;
import dev.flowmail.api.temporal.StandInCli;
import dev.flowmail.servers.Command;
import dev.flowmail.servers.ForwardingProxy;
import dev.flowmail.servers.Ports;
import dev.flowmail.servers.S3Process;
import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.servers.TestCertificate;
import dev.flowmail.servers.WebServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorCommandTest {

    private static final String PASSWORD = "s3cret-p\u00e4ssword";
    private static final Pattern COMMAND = Pattern.compile("temporal (operator .*)");

    private final Map<String, Object> variables = new LinkedHashMap<>();
    private final int port = Ports.free();

    @TempDir
    private Path directory;

    private String output = "";

    @BeforeEach
    void configure() throws IOException {
        variables.put("SERVER_PORT", String.valueOf(port));
        variables.put("FLOWMAIL_DATA_DIRECTORY", data().toString());
        variables.put("FLOWMAIL_TEMPORAL_PORT", String.valueOf(Ports.free()));
        variables.put("FLOWMAIL_TEMPORAL_UI_PORT", String.valueOf(Ports.free()));
        variables.put(
                "TEMPORAL_CLI",
                StandInCli.write(directory.resolve("temporal"), "1.9.1").toString());
    }

    @Test
    void nothingSetIsWell() throws Exception {
        assertThat(run()).isZero();
        assertThat(output)
                .contains("All is well.", "Temporal CLI", "first start")
                .doesNotContain("✗", "!");
        assertThat(data()).doesNotExist();
    }

    @Test
    void everyMistakeInTheSettingsIsTold() throws Exception {
        variables.put("FLOWMAIL_DECISION_TIMOUT", "P1D");
        variables.put("FLOWMAIL_ATTACHMENTS_KEEP", "PT0S");
        variables.put("FLOWMAIL_KEYS_LINKS", "k1:c2VjcmV0");

        assertThat(run()).isEqualTo(1);
        assertThat(output)
                .contains("FLOWMAIL_DECISION_TIMEOUT", "FLOWMAIL_ATTACHMENTS_KEEP", "FLOWMAIL_KEYS_LINKS", "3 findings")
                .doesNotContain("c2VjcmV0");
    }

    @Test
    void aPublicAddressThatCannotBeReadStopsWhatDependsOnIt() throws Exception {
        variables.put("FLOWMAIL_PUBLIC_URL", "example.com");

        assertThat(run()).isEqualTo(1);
        assertThat(output).contains("✗ FLOWMAIL_PUBLIC_URL", "were not checked");
    }

    @Test
    void aMissingCliIsAFinding() throws Exception {
        variables.put("TEMPORAL_CLI", directory.resolve("no-temporal").toString());

        assertThat(run()).isEqualTo(1);
        assertThat(output).contains("✗ TEMPORAL_CLI", "./flowmail serve");
    }

    @Test
    void aDatabaseOfAnotherCliIsAFinding() throws Exception {
        Files.createDirectories(data());
        Files.writeString(data().resolve("temporal.db"), "");
        Files.writeString(data().resolve("temporal.version"), "1.8.0");

        assertThat(run()).isEqualTo(1);
        assertThat(output).contains("was written by Temporal CLI 1.8.0");
    }

    @Test
    @Tag("programs")
    void theCliThatWroteTheDatabaseIsNamed() throws Exception {
        variables.put("TEMPORAL_CLI", TemporalProcess.cli().toString());
        Files.createDirectories(data());
        Files.writeString(data().resolve("temporal.db"), "");
        Files.writeString(data().resolve("temporal.version"), cliVersion());

        assertThat(run()).isZero();
        assertThat(output).contains("✓ Temporal CLI " + cliVersion(), "which wrote the database");
    }

    @Test
    void aTakenPortIsAFindingThatNamesItsSetting() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            variables.put("FLOWMAIL_TEMPORAL_PORT", String.valueOf(taken.getLocalPort()));

            assertThat(run()).isEqualTo(1);
        }
        assertThat(output).contains("✗ FLOWMAIL_TEMPORAL_PORT");
    }

    @Test
    void anOpenDataDirectoryIsAWarningAndReadableKeysAreAFinding() throws Exception {
        try (DataDirectory made = DataDirectory.open(data())) {
            made.writePrivately("keys/links", new KeyRing(List.of(Key.generate())).setting());
        }
        Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(run()).isZero();
        assertThat(output).contains("chmod 700 " + data());

        Path keys = data().resolve("keys/links");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(run()).isEqualTo(1);
        assertThat(output).contains("chmod 600 " + keys, "--rotate");
    }

    @Test
    void aDataDirectoryThatIsAFileIsAFinding() throws Exception {
        Files.writeString(data(), "");

        assertThat(run()).isEqualTo(1);
        assertThat(output).contains("FLOWMAIL_DATA_DIRECTORY");
    }

    @Test
    @Tag("programs")
    void aRunningFlowmailIsWellAndItsTemporalIsAsked() throws Exception {
        variables.put(
                "FLOWMAIL_TEMPORAL_PORT",
                String.valueOf(TemporalProcess.shared().port()));
        WebServer web = home(200, "<code>http://localhost:" + port + "/api/email/1</code>");
        try (DataDirectory running = DataDirectory.open(data())) {
            assertThat(running.path()).isDirectory();
            assertThat(run()).isZero();
        } finally {
            web.close();
        }
        assertThat(output)
                .contains("A running Flowmail uses it", "✓ It answers; its version is 1.", "Flowmail answers there");
    }

    @Test
    void aTemporalThatIsDownIsAFinding() throws Exception {
        useTemporal("127.0.0.1:" + Ports.free(), "default");

        assertThat(run()).isEqualTo(1);
        assertThat(output).contains("✗ It cannot be reached", "refused", "TEMPORAL_ADDRESS");
    }

    @Test
    void whatIsNoTemporalIsAFinding() throws Exception {
        WebServer web = home(200, "hello");
        try {
            useTemporal("127.0.0.1:" + port, "default");
            assertThat(run()).isEqualTo(1);
        } finally {
            web.close();
        }
        assertThat(output).contains("✗", "TEMPORAL_ADDRESS");
    }

    /** From a server without our namespace to one where all is well, by nothing but what the doctor says. */
    @Test
    @Tag("programs")
    void theRemediesForTemporalWorkAsTheyAreWritten() throws Exception {
        useTemporal(TemporalProcess.shared().address(), "doctored");

        assertThat(run()).isEqualTo(1);
        assertThat(output).contains("✗ There is no namespace doctored");
        temporal(remedies().get(0).replace("30d", "24h"));

        // the server's parts learn of a new namespace, and of new attributes, a moment later
        await().untilAsserted(() -> {
            assertThat(run()).isZero();
            assertThat(output)
                    .contains("! It keeps closed runs for 24 hours only (retention)", "mailed again")
                    .contains("! The search attributes FlowmailTenant, FlowmailState, FlowmailStatus, FlowmailDeadline")
                    .contains("All is well; 2 warnings");
        });
        for (String remedy : remedies()) {
            temporal(remedy);
        }

        await().untilAsserted(() -> {
            assertThat(run()).isZero();
            assertThat(output)
                    .contains("✓ It keeps closed runs for 30 days", "✓ The search attributes", "All is well.");
        });
    }

    @Test
    void aPublicAddressInTheClearOrUnknownToTheDnsIsAFinding() throws Exception {
        variables.put("FLOWMAIL_PUBLIC_URL", "http://flowmail.invalid");
        variables.put("FLOWMAIL_AUTH_USERNAME", "flow");
        variables.put("FLOWMAIL_AUTH_PASSWORD", "secret");

        assertThat(run()).isEqualTo(1);
        assertThat(output)
                .contains("✗ It is not https", "✗ The DNS does not know flowmail.invalid")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 404, 401})
    void somebodyElseAtThePublicAddressIsAFinding(int status) throws Exception {
        WebServer web = home(status, "It works!");
        variables.put("FLOWMAIL_PUBLIC_URL", "http://localhost:" + port);
        variables.put("SERVER_PORT", String.valueOf(Ports.free()));
        try {
            assertThat(run()).isEqualTo(1);
        } finally {
            web.close();
        }
        assertThat(output).contains("✗ Something answers there (" + status + ")");
    }

    @Test
    void aProxyWithoutFlowmailBehindItIsAWarning() throws Exception {
        WebServer web = home(502, "");
        variables.put("FLOWMAIL_PUBLIC_URL", "http://localhost:" + port + "/mail/");
        variables.put("SERVER_PORT", String.valueOf(Ports.free()));
        try {
            assertThat(run()).isZero();
        } finally {
            web.close();
        }
        assertThat(output).contains("! A proxy answers there");
    }

    @Test
    @Tag("programs")
    void anAttachmentStoreInS3IsTried() throws Exception {
        try (S3Process s3 = new S3Process(directory.resolve("s3")).start()) {
            variables.put("FLOWMAIL_ATTACHMENTS_STORE", "s3");
            variables.put("FLOWMAIL_ATTACHMENTS_S3_BUCKET", "files");
            variables.put("FLOWMAIL_ATTACHMENTS_S3_REGION", "us-east-1");
            variables.put("FLOWMAIL_ATTACHMENTS_S3_ENDPOINT", s3.endpoint().toString());
            variables.put("FLOWMAIL_ATTACHMENTS_S3_ACCESS_KEY", S3Process.ACCESS_KEY);
            variables.put("FLOWMAIL_ATTACHMENTS_S3_SECRET_KEY", S3Process.SECRET_KEY);
            assertThat(run()).isZero();
            assertThat(output).contains("A file could be written, listed, read and deleted.");
            try (Stream<Path> left = Files.walk(s3.bucket())) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
            }

            variables.put("FLOWMAIL_ATTACHMENTS_S3_SECRET_KEY", "planted-wrong-secret");
            assertThat(run()).isNotZero();
            assertThat(output).contains("✗", "FLOWMAIL_ATTACHMENTS_S3_").doesNotContain("planted-wrong-secret");
        }
    }

    @Test
    void aMailServerIsSignedInToAndTakesATestMail() throws Exception {
        GreenMail mail = mailServer(ServerSetup.SMTP.dynamicPort());
        try {
            String smtp = "localhost:" + mail.getSmtp().getPort() + ":plain";

            assertThat(run("--smtp", smtp, "--username", "flow@example.com", "--send-to", "carol@example.com"))
                    .isZero();

            assertThat(output)
                    .contains("✓ It accepts user name and password", "✓ It accepted the test email")
                    .doesNotContain(PASSWORD);
            assertThat(mail.getReceivedMessages()).hasSize(1);
            assertThat(mail.getReceivedMessages()[0].getFrom()[0]).hasToString("flow@example.com");
            assertThat(mail.getReceivedMessages()[0].getAllRecipients()[0]).hasToString("carol@example.com");
        } finally {
            mail.stop();
        }
    }

    @Test
    void theMailServerOfTheSettingsIsSignedInToWithoutTheGuard() throws Exception {
        GreenMail mail = mailServer(ServerSetup.SMTP.dynamicPort());
        variables.put("SPRING_MAIL_HOST", "localhost");
        variables.put("SPRING_MAIL_PORT", String.valueOf(mail.getSmtp().getPort()));
        variables.put("SPRING_MAIL_USERNAME", "flow@example.com");
        variables.put("SPRING_MAIL_PASSWORD", PASSWORD);
        variables.remove("FLOWMAIL_NETWORK_ALLOW");
        try {
            assertThat(run()).isZero();
            assertThat(output)
                    .contains("Mail server of spring.mail, localhost:", "✓ It accepts user name and password")
                    .doesNotContain(PASSWORD);
            variables.put("SPRING_MAIL_PASSWORD", "planted-wrong-secret");
            assertThat(run()).isEqualTo(1);
            assertThat(output)
                    .contains("did not accept Username and Password", "SPRING_MAIL_PASSWORD")
                    .doesNotContain("planted-wrong-secret");
        } finally {
            mail.stop();
        }
        variables.put("SPRING_MAIL_PORT", String.valueOf(Ports.free()));
        assertThat(run()).isEqualTo(1);
        assertThat(output).contains("✗ The mail server localhost:");
    }

    @Test
    void aWrongPasswordIsAFinding() throws Exception {
        GreenMail mail = mailServer(ServerSetup.SMTP.dynamicPort());
        variables.put("SMTP_PASSWORD", "wrong");
        try {
            assertThat(run(
                            "--smtp",
                            "localhost:" + mail.getSmtp().getPort() + ":plain",
                            "--username",
                            "flow@example.com"))
                    .isEqualTo(1);
        } finally {
            mail.stop();
        }
        assertThat(output)
                .contains("✓ It answers", "did not accept Username and Password", "535", "app password")
                .doesNotContain("wrong");
    }

    @Test
    void anAccessTokenIsGotAndTried() throws Exception {
        GreenMail mail = mailServer(ServerSetup.SMTP.dynamicPort());
        WebServer web = home(200, "{\"access_token\":\"" + PASSWORD + "\",\"token_type\":\"Bearer\"}");
        variables.put("SERVER_PORT", String.valueOf(Ports.free()));
        variables.put("OAUTH2_REFRESH_TOKEN", "s3cret-refresh");
        variables.remove("SMTP_PASSWORD");
        try {
            assertThat(run(oauth2(mail, "--send-to=carol@example.com"))).isZero();
            assertThat(output)
                    .contains("✓ The token endpoint gives an access token", "✓ It accepts the access token")
                    .contains("✓ It accepted the test email")
                    .doesNotContain(PASSWORD, "s3cret-refresh");

            mail.setUser("flow@example.com", "flow@example.com", "another");
            assertThat(run(oauth2(mail))).isEqualTo(1);
            assertThat(output)
                    .contains("did not accept the OAuth2 access token for Username", "docs/exchange.md")
                    .doesNotContain(PASSWORD);
        } finally {
            web.close();
            mail.stop();
        }
    }

    @Test
    void aPublicTokenEndpointIsAskedThroughTheProxy() throws Exception {
        String far = "93.184.215.14";
        WebServer web = home(200, "{\"access_token\":\"" + PASSWORD + "\",\"token_type\":\"Bearer\"}");
        GreenMail mail = mailServer(ServerSetup.SMTP.dynamicPort());
        variables.put("SERVER_PORT", String.valueOf(Ports.free()));
        variables.put("OAUTH2_REFRESH_TOKEN", "s3cret-refresh");
        try (ForwardingProxy proxy = new ForwardingProxy().knows(far + ":80", port)) {
            variables.put("FLOWMAIL_NETWORK_PROXY", "http://127.0.0.1:" + proxy.port());
            assertThat(run(oauth2At("http://" + far + "/token", mail))).isZero();
            assertThat(proxy.asked()).containsExactly("POST http://" + far + "/token");
        } finally {
            web.close();
            mail.stop();
        }
    }

    @Test
    void aTokenEndpointThatRefusesIsAFinding() throws Exception {
        GreenMail mail = mailServer(ServerSetup.SMTP.dynamicPort());
        WebServer web = home(401, "{\"error\":\"invalid_client\"}");
        variables.put("SERVER_PORT", String.valueOf(Ports.free()));
        variables.put("OAUTH2_CLIENT_SECRET", "s3cret-client");
        try {
            assertThat(run(oauth2(mail))).isEqualTo(1);
        } finally {
            web.close();
            mail.stop();
        }
        assertThat(output)
                .contains("refused with invalid_client: check OAuth2 Client ID", "OAUTH2_CLIENT_SECRET")
                .doesNotContain("It answers", "s3cret-client");
    }

    private String[] oauth2(GreenMail mail, String... more) {
        return oauth2At("http://localhost:" + port + "/token", mail, more);
    }

    private static String[] oauth2At(String tokenUrl, GreenMail mail, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--smtp=localhost:" + mail.getSmtp().getPort() + ":plain",
                "--username=flow@example.com",
                "--oauth2-token-url=" + tokenUrl,
                "--oauth2-client-id=client",
                "--oauth2-scope=https://outlook.office365.com/.default"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    @Test
    void aMailServerWithoutStartTlsIsAFindingForTls() throws Exception {
        GreenMail mail = mailServer(ServerSetup.SMTP.dynamicPort());
        try {
            assertThat(run("--smtp", "localhost:" + mail.getSmtp().getPort() + ":tls"))
                    .isEqualTo(1);
        } finally {
            mail.stop();
        }
        assertThat(output).contains("does not offer STARTTLS", "587");
    }

    @Test
    void aCertificateHasToBeTrusted() throws Exception {
        TestCertificate certificate = TestCertificate.forName(directory, "localhost");
        System.setProperty("greenmail.tls.keystore.file", certificate.keyStore().toString());
        System.setProperty("greenmail.tls.keystore.password", TestCertificate.PASSWORD);
        GreenMail mail = mailServer(ServerSetup.SMTPS.dynamicPort());
        try {
            String smtp = "localhost:" + mail.getSmtps().getPort() + ":ssl";
            assertThat(run("--smtp", smtp)).isEqualTo(1);
            assertThat(output).contains("its certificate is not trusted", "trustStore");

            assertThat(run(certificate.client(), "--smtp", smtp, "--username", "flow@example.com"))
                    .isZero();
            assertThat(output).contains("✓ TLS works");
        } finally {
            mail.stop();
            System.clearProperty("greenmail.tls.keystore.file");
            System.clearProperty("greenmail.tls.keystore.password");
        }
    }

    @Test
    void aMailServerThatIsNotThereIsAFinding() throws Exception {
        variables.put("FLOWMAIL_NETWORK_ALLOW", "localhost");

        assertThat(run("--smtp", "localhost:" + Ports.free() + ":plain")).isEqualTo(1);
        assertThat(output).contains("cannot be reached", "firewall");
    }

    @Test
    void aMailServerInThePrivateNetworkHasToBeAllowed() throws Exception {
        assertThat(run("--smtp", "127.0.0.1:25:plain")).isEqualTo(1);
        assertThat(output).contains("FLOWMAIL_NETWORK_ALLOW");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--smtp",
                "--smtp=smtp.example.com",
                "--smtp=smtp.example.com:587",
                "--smtp=smtp.example.com:587:starttls",
                "--smtp=smtp.example.com:99999:tls",
                "--username=flow",
                "--send-to=carol@example.com",
                "--smtp=smtp.example.com:587:tls --send-to=carol@example.com",
                "--smtp=smtp.example.com:587:tls --send-to=carol --from=flow@example.com",
                "--oauth2-client-id=client",
                "--smtp=smtp.example.com:587:tls --username=flow --oauth2-client-id=client",
                "--smtp=smtp.example.com:587:tls --username=flow --oauth2-token-url=https://example.com/token",
                "--oauth2-refresh-token=secret",
                "--password=secret",
                "everything"
            })
    void whatMakesNoSenseIsRefused(String arguments) {
        assertThatThrownBy(() -> run(arguments.split(" ", -1)))
                .isInstanceOf(UsageException.class)
                .message()
                .doesNotContain("secret");
    }

    private Path data() {
        return directory.resolve("data");
    }

    private int run(String... arguments) throws GeneralSecurityException {
        return run(SSLContext.getDefault(), arguments);
    }

    @Test
    void anEndpointForWorkflowsWithoutAMailServerIsAFinding() throws Exception {
        variables.put("FLOWMAIL_NEXUS_ENDPOINT", "asking");

        assertThat(run()).isEqualTo(1);
        assertThat(output).contains("FLOWMAIL_NEXUS_ENDPOINT is set, and SPRING_MAIL_HOST is not");
    }

    @Test
    @Tag("programs")
    void whereTheEndpointForWorkflowsLeadsIsCheckedAndItsRemediesWorkAsTheyAreWritten() throws Exception {
        useTemporal(TemporalProcess.shared().address(), "default");
        variables.put("FLOWMAIL_NEXUS_ENDPOINT", "doctored");
        GreenMail mail = mailServer(ServerSetup.SMTP.dynamicPort());
        variables.put("SPRING_MAIL_HOST", "localhost");
        variables.put("SPRING_MAIL_PORT", String.valueOf(mail.getSmtp().getPort()));
        try {
            assertThat(run()).isEqualTo(1);
            assertThat(output).contains("✗ There is no Nexus endpoint doctored: no workflow can ask.");
            temporal(nexusRemedy().replace("--target-task-queue flowmail", "--target-task-queue another"));
            assertThatItLeadsElsewhere();
            temporal(nexusRemedy().replace("--target-namespace default", "--target-namespace temporal-system"));
            assertThatItLeadsElsewhere();
            temporal(nexusRemedy());

            assertThat(run()).isZero();
            assertThat(output).contains("✓ Workflows reach Flowmail by the Nexus endpoint doctored.");
        } finally {
            mail.stop();
        }
    }

    private void assertThatItLeadsElsewhere() throws Exception {
        assertThat(run()).isEqualTo(1);
        assertThat(output)
                .contains(
                        "✗ The Nexus endpoint doctored does not lead to task queue flowmail of namespace default",
                        "Correct FLOWMAIL_NEXUS_ENDPOINT");
    }

    private String nexusRemedy() {
        return remedies().stream()
                .filter(remedy -> remedy.contains("nexus"))
                .findFirst()
                .orElseThrow();
    }

    private int run(SSLContext trust, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            DoctorCommand doctor = new DoctorCommand(() -> Environments.of(variables), () -> trust, stream);
            CommandParser.read(CommandParser.of(doctor), List.of(arguments));
            return doctor.run();
        } finally {
            output = out.toString(StandardCharsets.UTF_8);
        }
    }

    private void useTemporal(String address, String namespace) {
        variables.put("TEMPORAL_ADDRESS", address);
        variables.put("TEMPORAL_NAMESPACE", namespace);
        variables.put("FLOWMAIL_KEYS_LINKS", new KeyRing(List.of(Key.generate())).setting());
        variables.put("FLOWMAIL_KEYS_PAYLOADS", new KeyRing(List.of(Key.generate())).setting());
    }

    /** The commands of Temporal's CLI that the last report advises. */
    private List<String> remedies() {
        List<String> commands = new ArrayList<>();
        Matcher command = COMMAND.matcher(output);
        while (command.find()) {
            commands.add(command.group(1));
        }
        assertThat(commands).isNotEmpty();
        return commands;
    }

    private static String cliVersion() {
        String said = new Command(TemporalProcess.cli().toString(), "--version").output();
        return said.replaceFirst("(?s)^temporal version (\\S+) .*", "$1");
    }

    private static void temporal(String command) {
        List<String> words = new ArrayList<>(List.of(TemporalProcess.cli().toString()));
        words.addAll(List.of(command.split(" ", -1)));
        words.addAll(List.of("--address", TemporalProcess.shared().address()));
        Command.Ended ended = new Command(words).run();
        assertThat(ended.code()).as(ended.said()).isZero();
    }

    private WebServer home(int status, String page) {
        return new WebServer(port).on("/", exchange -> WebServer.answer(exchange, status, page));
    }

    private GreenMail mailServer(ServerSetup setup) {
        variables.put("FLOWMAIL_NETWORK_ALLOW", "localhost");
        variables.put("SMTP_PASSWORD", PASSWORD);
        GreenMail mail = new GreenMail(setup);
        mail.setUser("flow@example.com", "flow@example.com", PASSWORD);
        mail.start();
        return mail;
    }
}
