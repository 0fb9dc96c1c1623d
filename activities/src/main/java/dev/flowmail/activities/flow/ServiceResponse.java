package dev.flowmail.activities.flow;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Flow is told, at once or late.
 *
 * @param token the request's
 * @param tenantId the request's
 * @param invokeType {@code FORWARD} the flow goes on; {@code WAIT} it is parked until the late answer
 * @param waitMessage what whoever has the parked flow open reads
 * @param outputs applied to the flow, also with {@code WAIT}
 * @param selectedOutcomeId the outcome that the flow follows; null for none
 * @param rootFaults fault code to sentence: the message failed
 */
public record ServiceResponse(
        @Nullable String token,
        @Nullable String tenantId,
        @Nullable Culture culture,
        Map<String, @Nullable String> annotations,
        @Nullable String invokeType,
        @Nullable String waitMessage,
        List<EngineValue> outputs,
        @Nullable String selectedOutcomeId,
        Map<String, @Nullable String> rootFaults,
        List<ValueFault> valueFaults,
        @Nullable String mode) {

    /** The flow goes on now. */
    public static final String FORWARD = "FORWARD";

    /** The flow is parked until the late answer. */
    public static final String WAIT = "WAIT";

    public ServiceResponse {
        annotations = annotations == null ? Map.of() : annotations;
        outputs = Values.present(outputs);
        rootFaults = rootFaults == null ? Map.of() : rootFaults;
        valueFaults = Values.present(valueFaults);
    }

    /** The flow goes on now. */
    public static ServiceResponse forward(@Nullable String token, @Nullable String tenantId) {
        return of(token, tenantId, FORWARD, null, List.of(), null, Map.of());
    }

    /** The flow is parked until the late answer. */
    public static ServiceResponse waiting(
            @Nullable String token, @Nullable String tenantId, @Nullable String waitMessage) {
        return of(token, tenantId, WAIT, waitMessage, List.of(), null, Map.of());
    }

    /** Late: the flow follows an outcome. */
    public static ServiceResponse outcome(
            String token, String tenantId, String selectedOutcomeId, List<EngineValue> outputs) {
        return of(token, tenantId, FORWARD, null, outputs, selectedOutcomeId, Map.of());
    }

    /** Late: the message failed. */
    public static ServiceResponse fault(
            String token, String tenantId, String code, String sentence, List<EngineValue> outputs) {
        return of(token, tenantId, FORWARD, null, outputs, null, Map.of(code, sentence));
    }

    private static ServiceResponse of(
            @Nullable String token,
            @Nullable String tenantId,
            String invokeType,
            @Nullable String waitMessage,
            List<EngineValue> outputs,
            @Nullable String selectedOutcomeId,
            Map<String, @Nullable String> rootFaults) {
        return new ServiceResponse(
                token,
                tenantId,
                null,
                Map.of(),
                invokeType,
                waitMessage,
                outputs,
                selectedOutcomeId,
                rootFaults,
                List.of(),
                null);
    }

    /**
     * A fault of one input value.
     *
     * @param valueElementToReferenceId id of the value
     * @param valueElementTypeElementPropertyToReferenceId id of the property within it
     */
    public record ValueFault(
            @Nullable String valueElementToReferenceId,
            @Nullable String valueElementTypeElementPropertyToReferenceId,
            @Nullable String faultCode,
            @Nullable String faultMessage) {}

    /** Tenant and invoke type only. */
    @Override
    public String toString() {
        return "ServiceResponse[" + tenantId + " " + invokeType + "]";
    }
}
