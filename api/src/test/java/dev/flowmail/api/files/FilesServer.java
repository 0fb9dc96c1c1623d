package dev.flowmail.api.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.Limits;
import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.problems.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverters.ServerBuilder;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.JsonNode;

/** The file endpoints on a real Tomcat, with a store in a directory of the test's. */
final class FilesServer implements AutoCloseable {

    static final String BOUNDARY = "----FlowBoundary7MA4YWxkTrZu0gW";

    final AttachmentStore store;
    final AnnotationConfigWebApplicationContext beans = new AnnotationConfigWebApplicationContext();
    private final Path data;
    private final Tomcat tomcat = new Tomcat();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    FilesServer(Path data, long maxSize) throws LifecycleException, IOException {
        this(data, Limits.ofFile(maxSize));
    }

    FilesServer(Path data, Limits limits) throws LifecycleException, IOException {
        this.data = data;
        KeyRing keys = new KeyRing(List.of(new Key("test", new byte[Key.SIZE])));
        this.store = new AttachmentStore(data, keys, limits, Duration.ofDays(2), InstantSource.system());
        beans.register(Application.class);
        beans.addBeanFactoryPostProcessor(factory -> factory.registerSingleton("attachmentStore", store));
        tomcat.setBaseDir(Files.createTempDirectory("flowmail-tomcat").toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxSwallowSize", "-1");
        Context context = tomcat.addContext("", null);
        Wrapper servlet = Tomcat.addServlet(context, "flowmail", new DispatcherServlet(beans));
        servlet.setLoadOnStartup(1);
        servlet.addMapping("/");
        tomcat.start();
    }

    record Answer(int status, JsonNode body) {}

    Answer upload(String... parts) throws IOException, InterruptedException {
        return uploadBody(body(parts));
    }

    Answer uploadBy(String who, String... parts) throws IOException, InterruptedException {
        return post("/content", "multipart/form-data; boundary=" + BOUNDARY, body(parts), "Authorization", who);
    }

    Answer uploadBody(byte[] body) throws IOException, InterruptedException {
        return post("/content", "multipart/form-data; boundary=" + BOUNDARY, body);
    }

    /** @param headers names and values */
    Answer post(String path, String contentType, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port() + "/api/email/1/file" + path))
                .header("Content-Type", contentType)
                .timeout(Duration.ofMinutes(1))
                .POST(BodyPublishers.ofByteArray(body));
        for (int name = 0; name < headers.length; name += 2) {
            request.header(headers[name], headers[name + 1]);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.body().startsWith("{")
                        ? FlowJson.mapper().readTree(response.body())
                        : FlowJson.mapper().nullNode());
    }

    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port());
    }

    /** A part as it stands on the wire, its bytes as ISO 8859-1. */
    static String part(String headers, String content) {
        return headers + "\r\n\r\n" + content + "\r\n";
    }

    static String filePart(String name, String content) {
        return part(
                "Content-Disposition: form-data; name=\"file\"; filename=\"" + wire(name)
                        + "\"\r\nContent-Type: application/octet-stream",
                content);
    }

    static String requestPart() {
        return part(
                "Content-Disposition: form-data; name=\"request\"\r\nContent-Type: application/json; charset=utf-8",
                "{\"stateId\": \"5e2c1b7e-0000-4000-8000-000000000001\", \"token\": \"t\", \"unknown\": [1],"
                        + " \"culture\": null}");
    }

    /** Text in UTF-8, as bytes in ISO 8859-1. */
    static String wire(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    static byte[] body(String... parts) {
        StringBuilder body = new StringBuilder();
        for (String part : parts) {
            body.append("--").append(BOUNDARY).append("\r\n").append(part);
        }
        return body.append("--").append(BOUNDARY).append("--\r\n").toString().getBytes(ISO_8859_1);
    }

    /** Whatever lies in the data directory. */
    List<Path> files() throws IOException {
        try (Stream<Path> tree = Files.walk(data)) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        beans.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    @Import({FilesController.class, Sweep.class, Advice.class})
    static class Application {
        @Bean
        OpenRequests openRequests() {
            return requestId -> true;
        }

        @Bean
        WebMvcConfigurer flowJson() {
            return new WebMvcConfigurer() {
                @Override
                public void configureMessageConverters(ServerBuilder converters) {
                    converters.withJsonConverter(new JacksonJsonHttpMessageConverter(FlowJson.mapper()));
                }
            };
        }
    }

    @ControllerAdvice
    static final class Advice {
        @ExceptionHandler
        ResponseEntity<Map<String, Object>> problem(ProblemException problem) {
            return ResponseEntity.status(problem.status())
                    .body(Map.of("message", Objects.requireNonNull(problem.getMessage())));
        }
    }
}
