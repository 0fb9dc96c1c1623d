package dev.flowmail.api.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Hands requests on once their bodies are there, which no thread waits for: 413 for bodies above 10 MiB (128 KiB where only
 * forms are taken), announced or not, 408 for those that come too slowly. Uploads, which are streamed, pass.
 */
@Component
@Order(EdgeOrder.BODY)
final class BodyFilter extends OncePerRequestFilter {

    private static final String BODY = Body.class.getName();

    private final BodyRoom room = new BodyRoom(Runtime.getRuntime().maxMemory());

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return Calls.areUploads(request) || !hasBody(request);
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        @Nullable Object arrived = request.getAttribute(BODY);
        if (arrived instanceof Body body) {
            try (body) {
                chain.doFilter(body.in(request), response);
            }
            return;
        }
        Body body = new Body(room, Calls.areLimited(request) ? Body.Limit.JSON : Body.Limit.FORM);
        if (body.isTooLarge(request.getContentLengthLong())) {
            body.refuseAsTooLarge(request, response);
            return;
        }
        request.setAttribute(BODY, body);
        new Arrival(body, request, response).begin();
    }
}
