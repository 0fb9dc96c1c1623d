package dev.flowmail.api.edge;

import dev.flowmail.api.problems.MissingPage;
import dev.flowmail.api.problems.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses paths with an escaped slash or backslash, which programs read in two ways. Tomcat would refuse all of them: it lets
 * them through for recipients' links only, behind which gateways put such things.
 */
@Component
@Order(EdgeOrder.ESCAPED_SLASH)
final class EscapedSlashFilter extends OncePerRequestFilter {

    private static final Pattern ESCAPED = Pattern.compile("(?i)%2f|%5c");
    private static final Pattern LINK = Pattern.compile("/(decide|check)/.*");

    private final MissingPage missing;

    EscapedSlashFilter(MissingPage missing) {
        this.missing = missing;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return !ESCAPED.matcher(path).find() || LINK.matcher(path).matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        Problems.writeUnreadable(
                request,
                response,
                missing,
                "The path has an escaped slash (%2F) or backslash (%5C) in it: none of Flowmail's has.");
    }
}
