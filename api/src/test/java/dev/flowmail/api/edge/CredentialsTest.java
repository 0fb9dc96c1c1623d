package dev.flowmail.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.settings.AuthProperties;
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
        assertThat(Credentials.of(new AuthProperties("flow", null))).isEmpty();
        assertThat(Credentials.of(new AuthProperties(null, "password"))).isEmpty();
        assertThat(Credentials.of(new AuthProperties(null, null))).isEmpty();
    }
}
