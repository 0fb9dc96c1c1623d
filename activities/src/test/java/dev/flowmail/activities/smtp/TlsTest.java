package dev.flowmail.activities.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.flowmail.servers.TestCertificate;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.SmtpServer.Transport;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsTest extends WithMailServer {
    private static TestCertificate localhost;
    private static TestCertificate elsewhere;

    @BeforeAll
    static void makeCertificates(@TempDir Path directory) throws Exception {
        localhost = TestCertificate.forName(directory, "localhost");
        elsewhere = TestCertificate.forName(directory, "elsewhere.example");
    }

    @Test
    void startTlsComesBeforeSignInAndMail() throws Exception {
        server.withStartTls(localhost.server()).offering("AUTH PLAIN");
        try (Rig rig = Rig.trusting(localhost.client())) {
            rig.send(mail(Transport.TLS));
        }
        assertThat(server.mails()).hasSize(1);
        assertThat(server.commands().stream().map(command -> command.substring(0, 4)))
                .startsWith("EHLO", "STAR", "EHLO", "AUTH", "MAIL");
    }

    @Test
    void tlsFromTheFirstByteWorks() throws Exception {
        server.withTls(localhost.server());
        try (Rig rig = Rig.trusting(localhost.client())) {
            rig.send(mail(Transport.SSL));
            rig.send(mail(Transport.SSL));
        }
        assertThat(server.mails()).hasSize(2);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aRealServerTakesMailsOverTlsFromASignedInUser() throws Exception {
        System.setProperty("greenmail.tls.keystore.file", localhost.keyStore().toString());
        System.setProperty("greenmail.tls.keystore.password", TestCertificate.PASSWORD);
        GreenMail real = new GreenMail(ServerSetup.SMTPS.dynamicPort());
        real.setUser("flow@example.com", "flow", "p\u00e4ssword");
        try (Rig rig = Rig.trusting(localhost.client())) {
            real.start();
            TestMail mail =
                    TestMail.via(real.getSmtps().getPort(), Transport.SSL).to("a@example.com");
            rig.send(mail.signedIn("flow", "p\u00e4ssword").build());
            assertThat(real.getReceivedMessages()).hasSize(1);
            assertThat(rig.fail(mail.signedIn("flow", "wrong").build()).getType())
                    .isEqualTo(MailFailure.SMTP_AUTHENTICATION);
        } finally {
            real.stop();
            System.clearProperty("greenmail.tls.keystore.file");
            System.clearProperty("greenmail.tls.keystore.password");
        }
    }

    @Test
    void withoutStartTlsNothingIsSentInTheClear() throws Exception {
        server.offering("AUTH PLAIN");
        try (Rig rig = Rig.start()) {
            assertTls(rig.fail(mail(Transport.TLS)), "Transport");
        }
        assertThat(server.commands("AUTH")).isEmpty();
        assertThat(server.commands("MAIL")).isEmpty();
    }

    @Test
    void aServerThatRefusesToStartTlsIsFinal() throws Exception {
        server.offering("STARTTLS").on("STARTTLS", "502 not now, not ever");
        try (Rig rig = Rig.start()) {
            assertTls(rig.fail(mail(Transport.TLS)), "Transport");
        }
    }

    @Test
    void aServerThatCannotStartTlsNowIsTriedAgain() throws Exception {
        server.offering("STARTTLS").on("STARTTLS", "454 4.7.0 not now");
        try (Rig rig = Rig.start()) {
            ApplicationFailure failure = rig.fail(mail(Transport.TLS));
            assertThat(failure.getType()).isEqualTo(MailFailure.SMTP_UNAVAILABLE);
            assertThat(failure.isNonRetryable()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "SSL"})
    void aCertificateThatIsNotTrustedIsFinal(Transport transport) throws Exception {
        serve(transport, localhost);
        try (Rig rig = Rig.start()) {
            assertTls(rig.fail(mail(transport)), "Host");
        }
        assertThat(server.mails()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "SSL"})
    void aCertificateForAnotherNameIsFinal(Transport transport) throws Exception {
        serve(transport, elsewhere);
        try (Rig rig = Rig.trusting(elsewhere.client())) {
            assertTls(rig.fail(mail(transport)), "Host");
        }
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void aPortThatSpeaksNoTlsIsFinal() throws Exception {
        try (Rig rig = Rig.trusting(localhost.client())) {
            assertTls(rig.fail(mail(Transport.SSL)), "Port");
        }
    }

    @Test
    void plainStaysPlainEvenWhenStartTlsIsOffered() throws Exception {
        server.withStartTls(localhost.server());
        try (Rig rig = Rig.start()) {
            rig.send(mail(Transport.PLAIN));
        }
        assertThat(server.commands("STARTTLS")).isEmpty();
    }

    private void serve(Transport transport, TestCertificate certificate) throws Exception {
        if (transport == Transport.SSL) {
            server.withTls(certificate.server());
        } else {
            server.withStartTls(certificate.server());
        }
    }

    private Mail mail(Transport transport) {
        return TestMail.via(server.port(), transport)
                .signedIn("flow", "secret")
                .to("a@example.com")
                .build();
    }

    private static void assertTls(ApplicationFailure failure, String setting) {
        assertThat(failure.getType()).isEqualTo(MailFailure.SMTP_TLS);
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage()).contains(setting);
    }
}
