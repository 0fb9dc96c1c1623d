package dev.flowmail.simulator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StreamUtils;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Flowmail as Flow reaches it. No status is an exception; an address where nobody listens, and no answer within 60 s, are a
 * {@link ResourceAccessException}.
 */
public final class Connector {
    private final URI address;
    private final Function<Who, List<String>> authorization;
    private final RestClient http;

    /** @param address the connector URL, e.g. {@code http://localhost:8080/api/email/1} */
    public Connector(URI address) {
        this(address, who -> List.of(who.header()));
    }

    /**
     * @param address the connector URL
     * @param authorization the {@code Authorization} headers to send for a user
     */
    public Connector(URI address, Function<Who, List<String>> authorization) {
        this.address = address;
        this.authorization = authorization;
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build());
        requests.setReadTimeout(Duration.ofSeconds(60));
        this.http = RestClient.builder().requestFactory(requests).build();
    }

    /** POSTs JSON for a user. */
    public Answer post(String path, String json, Who who) {
        return exchange(http.post()
                .uri(at(path))
                .headers(headers -> headers.addAll(HttpHeaders.AUTHORIZATION, authorization.apply(who)))
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.getBytes(UTF_8)));
    }

    /** Uploads files with the request that belongs to them. */
    Answer upload(String json, List<FilePart> files, Who who) {
        HttpHeaders jsonPart = new HttpHeaders();
        jsonPart.setContentType(MediaType.APPLICATION_JSON);
        MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
        parts.add("FileDataRequest", new HttpEntity<>(json.getBytes(UTF_8), jsonPart));
        for (FilePart file : files) {
            HttpHeaders filePart = new HttpHeaders();
            file.type().ifPresent(filePart::setContentType);
            parts.add(
                    "FileData",
                    new HttpEntity<>(new NamedFile(file.name(), file.content().getByteArray()), filePart));
        }
        return exchange(http.post()
                .uri(at("file/content"))
                .headers(headers -> headers.addAll(HttpHeaders.AUTHORIZATION, authorization.apply(who)))
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .body(parts));
    }

    private URI at(String path) {
        return URI.create(address + "/" + path);
    }

    private static Answer exchange(RestClient.RequestHeadersSpec<?> request) {
        return request.exchangeForRequiredValue((sent, response) -> new Answer(
                response.getStatusCode().value(),
                response.getHeaders(),
                StreamUtils.copyToString(response.getBody(), UTF_8)));
    }

    private static final class NamedFile extends ByteArrayResource {
        private final String name;

        NamedFile(String name, byte[] content) {
            super(content);
            this.name = name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof NamedFile file && file.name.equals(name) && super.equals(other);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }
}
