package dev.flowmail.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.config.FlowmailProperties.Auth;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class CredentialsTest {

    @Test
    void aClientCertificateCounts() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        assertThat(Credentials.hasCertificate(request)).isFalse();
        request.setAttribute("jakarta.servlet.request.X509Certificate", new X509Certificate[0]);
        assertThat(Credentials.hasCertificate(request)).isFalse();
        request.setAttribute("jakarta.servlet.request.X509Certificate", new X509Certificate[1]);
        assertThat(Credentials.hasCertificate(request)).isTrue();
    }

    @Test
    void halfASettingIsNone() {
        assertThat(Credentials.of(new Auth("flow", null))).isEmpty();
        assertThat(Credentials.of(new Auth(null, "password"))).isEmpty();
        assertThat(Credentials.of(new Auth(null, null))).isEmpty();
    }
}
