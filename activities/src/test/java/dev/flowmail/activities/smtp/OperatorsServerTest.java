package dev.flowmail.activities.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.TestCertificate;
import dev.flowmail.workflows.mail.MailFailure;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorsServerTest extends WithMailServer {
    @TempDir
    private Path directory;

    @Test
    void aMailThatNamesNoServerGoesThroughTheOperatorsWhereverItIs() throws Exception {
        server.offering("AUTH PLAIN");
        try (Rig rig = Rig.with(operators("relay", "s3cret-word", false, Map.of()))) {
            rig.send(TestMail.viaOperatorsServer().to("a@example.com").build());
            rig.send(TestMail.viaOperatorsServer().to("a@example.com").build());
        }
        assertThat(server.mails()).hasSize(2);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.commands("AUTH")).hasSize(1);
    }

    @Test
    void aRequestThatNamesTheSameServerIsStillGuarded() throws Exception {
        try (Rig rig = Rig.with(operators(null, null, false, Map.of()))) {
            rig.send(TestMail.viaOperatorsServer().to("a@example.com").build());
            ApplicationFailure failure =
                    rig.fail(TestMail.via(server.port()).to("a@example.com").build());
            assertThat(failure.getType()).isEqualTo(MailFailure.NETWORK_REFUSED);
        }
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void withoutAServerOfTheOperatorsTheMailWaits() throws Exception {
        try (Rig rig = Rig.start()) {
            ApplicationFailure failure =
                    rig.fail(TestMail.viaOperatorsServer().to("a@example.com").build());
            assertThat(failure.getType()).isEqualTo(MailFailure.SMTP_UNAVAILABLE);
            assertThat(failure.isNonRetryable()).isFalse();
            assertThat(failure.getOriginalMessage()).contains("SPRING_MAIL_HOST");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mail.smtp.starttls.required, false",
        "mail.smtp.starttls.enable, false",
        "mail.smtps.ssl.enable, true",
        "mail.smtp.auth, false"
    })
    void itIsTalkedToAsThePropertiesOfJakartaMailSay(String property, boolean implicit) throws Exception {
        TestCertificate certificate = TestCertificate.forName(directory, "localhost");
        if (implicit) {
            server.withTls(certificate.server());
        } else {
            server.withStartTls(certificate.server());
        }
        server.offering("AUTH PLAIN");
        OperatorsServer operators = new OperatorsServer(
                "localhost",
                server.port(),
                "relay",
                "secret",
                false,
                Map.of(property, "true", "mail.smtp.localhost", "relay.example.com"),
                certificate.client());
        try (Rig rig = Rig.with(operators)) {
            rig.send(TestMail.viaOperatorsServer().to("a@example.com").build());
        }
        assertThat(server.mails()).hasSize(1);
        assertThat(server.commands("EHLO")).contains("EHLO relay.example.com");
        assertThat(server.commands("STARTTLS")).hasSize(property.contains("starttls") ? 1 : 0);
        assertThat(server.commands("AUTH")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"*", "localhost", "'other.example localhost'"})
    void aCertificateIsTrustedWhereThePropertiesSaySo(String trusted) throws Exception {
        TestCertificate elsewhere = TestCertificate.forName(directory, "elsewhere.example");
        server.withTls(elsewhere.server());
        try (Rig rig = Rig.with(operators(null, null, true, Map.of("mail.smtp.ssl.trust", trusted)))) {
            rig.send(TestMail.viaOperatorsServer().to("a@example.com").build());
        }
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void aCertificateThatIsNotTrustedIsRefused() throws Exception {
        server.withTls(TestCertificate.forName(directory, "localhost").server());
        try (Rig rig = Rig.with(operators(null, null, true, Map.of("mail.smtp.ssl.trust", "other.example")))) {
            assertThat(rig.fail(TestMail.viaOperatorsServer()
                                    .to("a@example.com")
                                    .build())
                            .getType())
                    .isEqualTo(MailFailure.SMTP_TLS);
        }
    }

    @Test
    void portsAreTheUsualOnesUnlessOneIsSet() throws Exception {
        SSLContext trust = SSLContext.getDefault();
        assertThat(new OperatorsServer("h", null, null, null, false, Map.of(), trust)
                        .server()
                        .port())
                .isEqualTo(25);
        assertThat(new OperatorsServer("h", null, null, null, true, Map.of(), trust)
                        .server()
                        .port())
                .isEqualTo(465);
        assertThat(new OperatorsServer("h", null, null, null, false, Map.of("mail.smtp.port", "2525"), trust)
                        .server()
                        .port())
                .isEqualTo(2525);
    }

    private OperatorsServer operators(
            @Nullable String username, @Nullable String password, boolean ssl, Map<String, String> properties)
            throws Exception {
        return new OperatorsServer(
                "localhost", server.port(), username, password, ssl, properties, SSLContext.getDefault());
    }
}
