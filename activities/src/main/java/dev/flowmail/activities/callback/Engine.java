package dev.flowmail.activities.callback;

import dev.flowmail.workflows.callback.CallbackActivities;
import dev.flowmail.workflows.callback.FlowReference;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/** What is the same in every call to a flow's engine. */
final class Engine {
    private Engine() {}

    static void addHeaders(HttpUriRequestBase request, FlowReference flow) {
        request.setHeader("Authorization", flow.who());
        request.setHeader("ManyWhoTenant", flow.tenantId());
    }

    /** Its name in sentences: host and port. */
    static String nameOf(URI callback) {
        return callback.getRawAuthority();
    }

    static ApplicationFailure refused(String sentence) {
        return ApplicationFailure.newNonRetryableFailure(sentence, CallbackActivities.FLOW_REFUSED);
    }

    static ApplicationFailure unreachable(String sentence) {
        return ApplicationFailure.newFailure(sentence, CallbackActivities.FLOW_UNREACHABLE);
    }
}
