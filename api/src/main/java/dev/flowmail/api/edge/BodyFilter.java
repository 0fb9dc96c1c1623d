package dev.flowmail.api.edge;

import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.api.problems.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * 413 for bodies above 10 MiB, announced or not, and 408 for those that take longer than 2 minutes. Uploads, which are
 * multipart, have limits of their own.
 */
@Component
@Order(EdgeOrder.BODY)
final class BodyFilter extends OncePerRequestFilter {
    /** 10 MiB over a line of 0.7 Mbit/s; the web server's own timeouts count only between two bytes. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return isStreamed(request);
    }

    /** Whether the body is an upload, of which never much is in memory. */
    static boolean isStreamed(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > FlowJson.LARGEST_BODY) {
            ProblemException tooLarge = tooLarge();
            Problems.write(request, response, tooLarge.status(), String.valueOf(tooLarge.getMessage()));
            return;
        }
        chain.doFilter(new LimitedRequest(request), response);
    }

    static ProblemException tooLarge() {
        return new ProblemException(
                HttpStatus.CONTENT_TOO_LARGE,
                "The request is larger than 10 MiB: send large files as attachments by their Id.");
    }

    static ProblemException tooSlow() {
        return new ProblemException(
                HttpStatus.REQUEST_TIMEOUT, "The request took longer than 2 minutes to arrive: send it faster.");
    }

    private static final class LimitedRequest extends HttpServletRequestWrapper {
        LimitedRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new LimitedStream(super.getInputStream(), FlowJson.LARGEST_BODY, LONGEST, InstantSource.system());
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
