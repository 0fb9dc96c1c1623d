package dev.flowmail.activities.callback;

import dev.flowmail.activities.flow.EngineValue;
import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.activities.flow.MObject;
import dev.flowmail.activities.flow.Property;
import dev.flowmail.activities.flow.ServiceResponse;
import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.LateAnswer.Answered;
import dev.flowmail.workflows.callback.LateAnswer.Fault;
import dev.flowmail.workflows.callback.LateAnswer.Outcome;
import java.util.ArrayList;
import java.util.List;

/** A late answer as it stands on the wire. */
final class AnswerBody {
    private AnswerBody() {}

    static byte[] of(LateAnswer answer) {
        return FlowJson.mapper().writeValueAsBytes(response(answer));
    }

    private static ServiceResponse response(LateAnswer answer) {
        FlowReference flow = answer.flow();
        Outcome outcome = answer.outcome();
        Fault fault = answer.fault();
        List<EngineValue> outputs = List.of(
                EngineValue.text("Recipient", answer.recipient()),
                EngineValue.text("Outcome", outcome == null ? null : outcome.developerName()),
                EngineValue.text("Comment", answer.comment()),
                EngineValue.dateTime("Decided At", answer.decidedAt()),
                EngineValue.text("Receipt", answer.receipt()),
                EngineValue.list("Answers", "Answer", objects(answer.answers())));
        if (outcome != null) {
            return ServiceResponse.outcome(flow.token(), flow.tenantId(), outcome.id(), outputs);
        }
        if (fault != null) {
            return ServiceResponse.fault(flow.token(), flow.tenantId(), fault.code(), fault.message(), outputs);
        }
        throw Engine.refused("The answer to Flow holds neither an outcome nor a fault");
    }

    private static List<MObject> objects(List<Answered> answers) {
        List<MObject> objects = new ArrayList<>();
        for (Answered answer : answers) {
            objects.add(MObject.of(
                    "Answer",
                    Integer.toString(objects.size() + 1),
                    List.of(
                            Property.text("Recipient", answer.recipient()),
                            Property.text("Outcome", answer.outcome()),
                            Property.text("Comment", answer.comment()),
                            Property.dateTime("Answered At", answer.answeredAt()))));
        }
        return objects;
    }
}
