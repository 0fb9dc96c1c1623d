package dev.flowmail.api.edge;

import dev.flowmail.activities.flow.ServiceRequest;
import dev.flowmail.api.limits.RateLimit;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.api.settings.FlowmailProperties;
import java.lang.reflect.Type;
import java.util.Optional;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** 429 for a tenant that asks for more actions than it may, or for too many at once; who asks is known once the body is read. */
@ControllerAdvice
final class TenantLimits extends RequestBodyAdviceAdapter {
    private static final int LONGEST_ID = 200;

    private final RateLimit limit;
    private final TenantRoom room = new TenantRoom();

    TenantLimits(FlowmailProperties settings) {
        this.limit = new RateLimit(settings.limits().requestsPerTenant());
    }

    @Override
    public boolean supports(
            MethodParameter parameter, Type target, Class<? extends HttpMessageConverter<?>> converter) {
        return target == ServiceRequest.class;
    }

    @Override
    public Object afterBodyRead(
            Object body,
            HttpInputMessage message,
            MethodParameter parameter,
            Type target,
            Class<? extends HttpMessageConverter<?>> converter) {
        // a body may be the JSON null
        if (body instanceof ServiceRequest request) {
            take(Optional.ofNullable(request.tenantId())
                    .filter(id -> id.length() <= LONGEST_ID)
                    .orElse(""));
        }
        return body;
    }

    private void take(String tenant) {
        limit.take(tenant).ifPresent(pause -> {
            throw ProblemException.tooManyRequests(
                    "More requests in a minute than FLOWMAIL_LIMITS_REQUESTS_PER_TENANT lets one tenant make:"
                            + " nothing was accepted, try again later.",
                    pause);
        });
        room.take(tenant);
    }
}
