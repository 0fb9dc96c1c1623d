package dev.flowmail.api.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class SourceTest {

    @Test
    void anIpv4AddressIsASource() {
        assertThat(Source.of("192.0.2.1")).isNotEqualTo(Source.of("192.0.2.2"));
        assertThat(Source.of("::ffff:192.0.2.1")).isEqualTo(Source.of("192.0.2.1"));
    }

    @Test
    void anIpv6NetworkIsASourceWhateverAddressAHostTakesInIt() {
        assertThat(Source.of("2001:db8:0:1::1"))
                .isEqualTo(Source.of("2001:db8:0:1:ffff:ffff:ffff:ffff"))
                .isNotEqualTo(Source.of("2001:db8:0:2::1"));
        assertThat(Source.of("fe80::1")).isNotEqualTo(Source.of("fd00::1"));
    }

    @Test
    void whatARequestSaysOfItselfDoesNotCount() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr("192.0.2.1");
        request.addHeader("X-Forwarded-For", "192.0.2.2");
        request.addHeader("Forwarded", "for=192.0.2.2");

        assertThat(Source.of(request)).isEqualTo("192.0.2.1");
    }
}
