package dev.flowmail.api.recording;

import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.api.settings.FlowmailProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingRequestWrapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Hands what Flow asked to the recording, when there is one. The innermost filter: whom the others refuse is not recorded. */
@Component
final class RecordingFilter extends OncePerRequestFilter {
    private static final String CONNECTOR = "/api/email/1/";

    private final Optional<Recording> recording;
    private final Redaction redaction = new Redaction();

    RecordingFilter(FlowmailProperties settings) {
        this.recording = Optional.ofNullable(settings.flow().recording()).map(Recording::open);
    }

    /** Bodies arrive between two dispatches, and the second one brings them here. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return recording.isEmpty()
                || !request.getMethod().equals("POST")
                || !request.getServletPath().startsWith(CONNECTOR);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean isUpload = String.valueOf(request.getContentType()).startsWith("multipart/");
        // files are not kept in memory, and their bytes would show nothing
        ContentCachingRequestWrapper read =
                new ContentCachingRequestWrapper(request, isUpload ? 1 : FlowJson.LARGEST_BODY);
        try {
            chain.doFilter(read, response);
        } finally {
            ObjectNode line = line(request, response);
            line.set(
                    "body",
                    isUpload
                            ? JsonNodeFactory.instance.stringNode("<upload>")
                            : redaction.body(read.getContentAsByteArray()));
            recording.orElseThrow().add(line);
        }
    }

    private ObjectNode line(HttpServletRequest request, HttpServletResponse response) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("path", request.getServletPath());
        ObjectNode headers = line.putObject("headers");
        for (String name : Collections.list(request.getHeaderNames())) {
            ArrayNode values = headers.putArray(HeaderRedaction.name(name));
            Collections.list(request.getHeaders(name)).forEach(value -> values.add(HeaderRedaction.value(name, value)));
        }
        line.put("status", response.getStatus());
        return line;
    }
}
