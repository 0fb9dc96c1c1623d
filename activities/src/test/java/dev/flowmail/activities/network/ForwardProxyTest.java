package dev.flowmail.activities.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flowmail.activities.network.GuardedHttp.Limits;
import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import dev.flowmail.servers.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardProxyTest {
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(10), 1_000);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private WebServer proxy;

    @BeforeEach
    void start() {
        proxy = new WebServer().on("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            WebServer.answer(exchange, 204, "");
        });
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void aPublicHostIsReachedThroughTheProxy() throws Exception {
        assertThat(get("http://files.example.com/a", "93.184.215.14")).isEqualTo(204);

        assertThat(asked).containsExactly("http://files.example.com/a");
    }

    @Test
    void theProxyIsNotAskedForWhatMayNotBeDialled() {
        assertThatExceptionOfType(AddressRefusedException.class)
                .isThrownBy(() -> get("http://files.example.com/a", "10.0.0.1"));

        assertThat(asked).isEmpty();
    }

    @Test
    void theProxyIsNotLeftToChooseAnAddressThatMayNotBeDialled() {
        assertThatExceptionOfType(AddressRefusedException.class)
                .isThrownBy(() -> exchange(
                        "http://files.example.com/a",
                        new AllowList(List.of(), host -> addresses("93.184.215.14", "10.0.0.1"))));

        assertThat(asked).isEmpty();
    }

    @Test
    void aHostWhoseNameHasAnUnderscoreIsReachedTheSameWay() throws Exception {
        assertThat(get("http://my_files.example.com/a", "93.184.215.14")).isEqualTo(204);

        assertThat(asked).containsExactly("http://my_files.example.com/a");
    }

    @Test
    void whatIsAllowedThoughItIsNotPublicIsDialledDirectly() throws Exception {
        String here = "127.0.0.1:" + proxy.port();
        assertThat(get("http://" + here + "/direct", "127.0.0.1", "127.0.0.1")).isEqualTo(204);

        assertThat(asked).containsExactly("/direct");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy:3128",
                "https://proxy.example.com:3128",
                "http://proxy.example.com",
                "http://u:p@proxy:1",
                "http://proxy:1/x"
            })
    void anythingButAnHttpAddressWithAPortIsRefused(String setting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForwardProxy.parse(setting))
                .withMessageContaining("FLOWMAIL_NETWORK_PROXY");
    }

    private int get(String address, String resolved, String... allowed) throws IOException, NoSuchAlgorithmException {
        return exchange(address, new AllowList(Guards.allowances(allowed), host -> addresses(resolved)));
    }

    private static InetAddress[] addresses(String... literals) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int place = 0; place < literals.length; place++) {
            addresses[place] = InetAddress.getByName(literals[place]);
        }
        return addresses;
    }

    private int exchange(String address, AllowList guard) throws IOException, NoSuchAlgorithmException {
        ForwardProxy way = ForwardProxy.parse("http://127.0.0.1:" + proxy.port());
        try (GuardedHttp http = new GuardedHttp(guard, SSLContext.getDefault(), way)) {
            return http.exchange(new HttpGet(address), LIMITS, (reply, body) -> reply.getCode());
        }
    }
}
