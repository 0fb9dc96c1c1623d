package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.approvals.ApprovalResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a workflow that has asked is told of an end. */
final class ApprovalResults {

    private final DecisionRequest request;
    private final Participants participants;

    ApprovalResults(DecisionRequest request, Participants participants) {
        this.request = request;
        this.participants = participants;
    }

    ApprovalResult of(Ending ending) {
        return new ApprovalResult(
                ending.status().attribute(), name(ending.outcome()), ending.decidedBy(), ending.at(), answers());
    }

    private List<ApprovalResult.Answer> answers() {
        return participants.answered().stream()
                .map(one -> new ApprovalResult.Answer(
                        one.index(),
                        request.choices().get(one.given().outcome()).outcome().developerName(),
                        one.given().at()))
                .toList();
    }

    private @Nullable String name(@Nullable Integer choice) {
        return choice == null ? null : request.choices().get(choice).outcome().developerName();
    }
}
