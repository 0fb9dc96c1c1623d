package dev.flowmail.api.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which requests are Flow's and the operators'. Matched as the controllers' own paths are, so that no spelling of a path
 * gets past a filter to one of them.
 */
final class Calls {
    private static final List<PathPattern> GUARDED = patterns(
            "/api/**",
            "/codec/**",
            "/actuator/**",
            "/v3/api-docs/**",
            "/v3/api-docs.yaml",
            "/docs/**",
            // where Tomcat shows libraries' files as well
            "/webjars/**");
    private static final List<PathPattern> OPEN = patterns("/api/email/1/health", "/actuator/health/**");
    private static final List<PathPattern> CODEC = patterns("/codec/**");
    private static final List<PathPattern> LIMITED = patterns("/api/**", "/codec/**");

    private static final List<PathPattern> FLOWS = patterns("/api/**");
    private static final List<PathPattern> UPLOADS = patterns("/api/email/1/file/content");

    private Calls() {}

    /** Whether only those who are known may make it. */
    static boolean areGuarded(HttpServletRequest request) {
        PathContainer path = path(request);
        return isOneOf(GUARDED, path)
                && !isOneOf(OPEN, path)
                // a browser asks what it may do without a login
                && !(HttpMethod.OPTIONS.matches(request.getMethod()) && isOneOf(CODEC, path));
    }

    /** Whether it counts against what callers may ask, and takes of the room that they have. */
    static boolean areLimited(HttpServletRequest request) {
        PathContainer path = path(request);
        return isOneOf(LIMITED, path) && !isOneOf(OPEN, path);
    }

    /** Whether it is one of Flow's own. */
    static boolean areFlows(HttpServletRequest request) {
        return isOneOf(FLOWS, path(request));
    }

    /** Whether it is an upload, which is streamed: never much of it is in memory. */
    static boolean areUploads(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null
                && type.toLowerCase(Locale.ROOT).startsWith("multipart/")
                && HttpMethod.POST.matches(request.getMethod())
                && isOneOf(UPLOADS, path(request));
    }

    private static PathContainer path(HttpServletRequest request) {
        return ServletRequestPathUtils.parse(request).pathWithinApplication();
    }

    private static boolean isOneOf(List<PathPattern> patterns, PathContainer path) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private static List<PathPattern> patterns(String... patterns) {
        return Stream.of(patterns).map(PathPatternParser.defaultInstance::parse).toList();
    }
}
