package dev.flowmail.activities.network;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.flowmail.activities.attachments.Buckets;
import dev.flowmail.activities.attachments.Downloads;
import dev.flowmail.activities.attachments.FetchFailedException;
import dev.flowmail.activities.attachments.RemoteFile;
import dev.flowmail.activities.callback.HttpCallbackActivities;
import dev.flowmail.activities.callback.Tellings;
import dev.flowmail.activities.flow.Who;
import dev.flowmail.activities.network.GuardedHttp.Limits;
import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import dev.flowmail.activities.oauth2.AccessTokens;
import dev.flowmail.servers.ForwardingProxy;
import dev.flowmail.servers.TestCertificate;
import dev.flowmail.workflows.callback.CallbackActivities;
import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.LateAnswer.Fault;
import dev.flowmail.workflows.mail.S3Bucket;
import dev.flowmail.workflows.mail.SmtpServer.OAuth2;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that is dialled over HTTP, by a real proxy that alone knows the way to what is public. */
class ThroughAProxyTest {
    private static final String PUBLIC = "public.example.com";
    private static final Duration AMPLE = Duration.ofSeconds(20);

    /** As DNS on this side answers. */
    private static final Map<String, String> ADDRESSES = Map.of(
            PUBLIC,
            "93.184.215.14",
            "files.public.example.com",
            "93.184.215.14",
            "inside.example.com",
            "10.0.0.1",
            "metadata.example.com",
            "169.254.169.254");

    @TempDir
    private static Path directory;

    private static TestCertificate certificate;
    private static WireMockServer far;

    private ForwardingProxy proxy;
    private ForwardProxy way;
    private GuardedHttp http;
    private final AllowList guard = new AllowList(List.of(), host -> {
        if (!ADDRESSES.containsKey(host)) {
            throw new UnknownHostException(host);
        }
        return InetAddress.getAllByName(ADDRESSES.get(host));
    });

    @BeforeAll
    static void startFarSide() throws Exception {
        certificate = TestCertificate.forName(directory, PUBLIC);
        far = new WireMockServer(wireMockConfig()
                .dynamicPort()
                .dynamicHttpsPort()
                .bindAddress("127.0.0.1")
                .keystorePath(certificate.keyStore().toString())
                .keystoreType("PKCS12")
                .keystorePassword(TestCertificate.PASSWORD)
                .keyManagerPassword(TestCertificate.PASSWORD));
        far.start();
    }

    @AfterAll
    static void stopFarSide() {
        far.stop();
    }

    @BeforeEach
    void start() throws Exception {
        far.resetAll();
        proxy = new ForwardingProxy()
                .knows(PUBLIC + ":80", far.port())
                .knows(PUBLIC + ":443", far.httpsPort())
                .knows("files." + PUBLIC + ":80", far.port())
                .knows("inside.example.com:80", far.port())
                .knows("inside.example.com:443", far.httpsPort());
        way = ForwardProxy.parse("http://127.0.0.1:" + proxy.port());
        http = new GuardedHttp(guard, certificate.client(), way);
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        proxy.close();
    }

    @ParameterizedTest
    @CsvSource({"https, CONNECT public.example.com:443", "http, GET http://public.example.com/offer.pdf?signature=s"})
    void anAttachmentIsDownloaded(String scheme, String asked) throws IOException {
        far.stubFor(
                get("/offer.pdf?signature=s").willReturn(ok("%PDF-1.7").withHeader("Content-Type", "application/pdf")));

        assertThat(bytes(new Downloads(http).file(scheme + "://" + PUBLIC + "/offer.pdf?signature=s", AMPLE)))
                .isEqualTo("%PDF-1.7");

        assertThat(proxy.asked()).containsExactly(asked);
    }

    @ParameterizedTest
    @CsvSource({"https, CONNECT public.example.com:443", "http, POST http://public.example.com/callback"})
    void flowIsTold(String scheme, String asked) {
        far.stubFor(post("/callback").willReturn(okJson("\"FORWARD\"")));

        assertThat(tell(scheme + "://" + PUBLIC + "/callback")).isEqualTo("FORWARD");

        // the far side is asked for the way back too
        assertThat(proxy.asked()).first().isEqualTo(asked);
        far.verify(
                1,
                postRequestedFor(urlEqualTo("/callback"))
                        .withHeader("Host", equalTo(PUBLIC))
                        .withoutHeader("Proxy-Connection"));
    }

    @ParameterizedTest
    @CsvSource({"https, CONNECT public.example.com:443", "http, POST http://public.example.com/token"})
    void anAccessTokenIsGot(String scheme, String asked) {
        far.stubFor(post("/token")
                .willReturn(okJson("{\"access_token\":\"granted\",\"token_type\":\"Bearer\",\"expires_in\":3600}")));
        OAuth2 client = new OAuth2(scheme + "://" + PUBLIC + "/token", "client", "secret", null, "scope");

        assertThat(new AccessTokens(http).current(client, AMPLE)).isEqualTo("granted");

        assertThat(proxy.asked()).containsExactly(asked);
    }

    @Test
    void anObjectOfACallersBucketIsFetched() throws IOException {
        far.stubFor(get(urlEqualTo("/files/offer.pdf")).willReturn(ok("%PDF-1.7")));
        try (Buckets buckets = new Buckets(guard, way)) {
            assertThat(bytes(buckets.file(bucket("http://" + PUBLIC), "offer.pdf", AMPLE)))
                    .isEqualTo("%PDF-1.7");
        }
        assertThat(proxy.asked()).containsExactly("GET http://public.example.com/files/offer.pdf");
    }

    /** Its client trusts whom Java trusts, which is not the certificate here: the tunnel is what can be seen. */
    @Test
    void aCallersBucketIsReachedThroughATunnel() {
        try (Buckets buckets = new Buckets(guard, way)) {
            assertThat(failure(buckets.file(bucket("https://" + PUBLIC), "offer.pdf", AMPLE))
                            .isFinal())
                    .isFalse();
        }
        assertThat(proxy.asked()).containsExactly("CONNECT public.example.com:443");
    }

    @Test
    void aStoreThatWantsTheBucketInTheHostIsAskedSoThroughTheProxy() throws IOException {
        far.stubFor(get(urlEqualTo("/files/offer.pdf"))
                .willReturn(aResponse()
                        .withStatus(403)
                        .withBody("<Error><Code>SecondLevelDomainForbidden</Code></Error>")));
        far.stubFor(get(urlEqualTo("/offer.pdf")).willReturn(ok("%PDF-1.7")));
        try (Buckets buckets = new Buckets(guard, way)) {
            assertThat(bytes(buckets.file(bucket("http://" + PUBLIC), "offer.pdf", AMPLE)))
                    .isEqualTo("%PDF-1.7");
        }
        assertThat(proxy.asked()).last().isEqualTo("GET http://files.public.example.com/offer.pdf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://inside.example.com", "https://inside.example.com", "http://metadata.example.com"})
    void whatIsNotPublicIsRefusedBeforeTheProxyIsAsked(String address) {
        assertThatExceptionOfType(AddressRefusedException.class)
                .isThrownBy(() -> bytes(new Downloads(http).file(address + "/a", AMPLE)));
        try (Buckets buckets = new Buckets(guard, way)) {
            assertThatExceptionOfType(AddressRefusedException.class)
                    .isThrownBy(() -> bytes(buckets.file(bucket(address), "a", AMPLE)));
        }
        assertThat(failure(() -> tell(address + "/callback")).isNonRetryable()).isTrue();
        OAuth2 client = new OAuth2(address + "/token", "client", "secret", null, null);
        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> new AccessTokens(http).current(client, AMPLE));

        assertThat(proxy.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://inside.example.com/b", "http://metadata.example.com/b"})
    void aRedirectLeadsNowhereElse(String inside) {
        far.stubFor(get("/a").willReturn(aResponse().withStatus(302).withHeader("Location", inside)));

        assertThatExceptionOfType(AddressRefusedException.class)
                .isThrownBy(() -> bytes(new Downloads(http).file("http://" + PUBLIC + "/a", AMPLE)));

        assertThat(proxy.asked()).containsExactly("GET http://public.example.com/a");
    }

    @Test
    void theFarSidesCertificateMustBeForItsName() throws Exception {
        proxy.knows("files." + PUBLIC + ":443", far.httpsPort());
        far.stubFor(any(anyUrl()).willReturn(ok("from another")));

        assertThat(failure(new Downloads(http).file("https://files." + PUBLIC + "/a", AMPLE)))
                .hasMessageContaining("its certificate is not trusted, or is for another name");
    }

    @ParameterizedTest
    @CsvSource({
        "http, 407 Proxy Authentication Required",
        "https, 407 Proxy Authentication Required",
        "https, 403 Forbidden",
        "https, 503 Service Unavailable"
    })
    void whatTheProxyRefusesIsTriedAgainAndNotTakenForTheFarSidesWord(String scheme, String statusLine) {
        proxy.refuses(statusLine);

        assertThat(failure(() -> tell(scheme + "://" + PUBLIC + "/callback")))
                .satisfies(failure -> assertThat(failure.isNonRetryable()).isFalse())
                .satisfies(failure -> assertThat(failure.getOriginalMessage())
                        .contains("FLOWMAIL_NETWORK_PROXY", statusLine.substring(0, 3)));
        assertThat(failure(new Downloads(http).file(scheme + "://" + PUBLIC + "/a", AMPLE)))
                .satisfies(failure -> assertThat(failure.isFinal()).isFalse())
                .hasMessageContaining("FLOWMAIL_NETWORK_PROXY");
    }

    @Test
    void aProxyThatIsGoneIsTriedAgain() throws IOException {
        proxy.close();

        ApplicationFailure failure = failure(() -> tell("https://" + PUBLIC + "/callback"));
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getOriginalMessage()).contains("FLOWMAIL_NETWORK_PROXY");
    }

    @Test
    void twoHostsBehindOneProxyShareNoConnection() throws IOException {
        far.stubFor(get("/a").willReturn(ok("hello")));
        for (int time = 0; time < 2; time++) {
            for (String host : List.of(PUBLIC, "files." + PUBLIC)) {
                int code =
                        http.exchange(new HttpGet("http://" + host + "/a"), new Limits(AMPLE, 1_000), (reply, body) -> {
                            body.readAllBytes();
                            return reply.getCode();
                        });
                assertThat(code).isEqualTo(200);
            }
        }
        far.verify(2, getRequestedFor(urlEqualTo("/a")).withHeader("Host", equalTo(PUBLIC)));
        far.verify(2, getRequestedFor(urlEqualTo("/a")).withHeader("Host", equalTo("files." + PUBLIC)));
    }

    @ParameterizedTest
    @CsvSource({
        "http, 407 Proxy Authentication Required",
        "https, 407 Proxy Authentication Required",
        "https, 403 Forbidden"
    })
    void whatTheProxyRefusesIsNotTakenForTheStoresWord(String scheme, String statusLine) {
        proxy.refuses(statusLine);
        try (Buckets buckets = new Buckets(guard, way)) {
            assertThat(failure(buckets.file(bucket(scheme + "://" + PUBLIC), "offer.pdf", AMPLE)))
                    .satisfies(failure -> assertThat(failure.isFinal()).isFalse());
        }
    }

    private static S3Bucket bucket(String endpoint) {
        return new S3Bucket("files", "eu-central-1", "key", "secret", endpoint);
    }

    private static String bytes(RemoteFile file) throws IOException {
        AtomicReference<@Nullable String> bytes = new AtomicReference<>();
        file.fetch((head, stream) -> bytes.set(new String(stream.readAllBytes(), UTF_8)));
        return Objects.requireNonNull(bytes.get());
    }

    private static FetchFailedException failure(RemoteFile file) {
        return Objects.requireNonNull(catchThrowableOfType(FetchFailedException.class, () -> bytes(file)));
    }

    private static ApplicationFailure failure(Runnable activity) {
        ActivityFailure failure = Objects.requireNonNull(catchThrowableOfType(ActivityFailure.class, activity::run));
        return (ApplicationFailure) Objects.requireNonNull(failure.getCause());
    }

    private @Nullable String tell(String callback) {
        TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
        try {
            temporal.registerActivitiesImplementations(
                    new HttpCallbackActivities(http, new FlowHosts(List.of()), new Tellings()));
            return temporal.newActivityStub(
                            CallbackActivities.class,
                            ActivityOptions.newBuilder()
                                    .setStartToCloseTimeout(AMPLE)
                                    .setRetryOptions(RetryOptions.newBuilder()
                                            .setMaximumAttempts(1)
                                            .build())
                                    .build())
                    .callBack(new LateAnswer(
                            new FlowReference("tenant", "state", "token", callback, null, Who.publicUser("tenant")),
                            null,
                            new Fault("Timeout", "Nobody answered in time."),
                            null,
                            null,
                            null,
                            List.of(),
                            "TimedOut",
                            null))
                    .invokeType();
        } finally {
            temporal.close();
        }
    }
}
