package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.DecisionRequest.Choice;

/** What a request tells of itself: all that a page or an operator can know stands here. */
final class Snapshot {
    private Snapshot() {}

    static DecisionState of(
            DecisionRequest request, Participants participants, Deadline deadline, Standing standing, FlowReply reply) {
        Reached reached = reply.reached();
        Ending decided = standing.decided();
        Ending ending = standing.ending();
        return new DecisionState(
                standing.status(),
                request.from(),
                request.subject(),
                request.choices().stream().map(Choice::label).toList(),
                deadline.end(),
                request.language(),
                request.rules().comments(),
                participants.all().stream().map(Participant::snapshot).toList(),
                decided == null ? null : decided.outcome(),
                decided == null ? null : decided.decidedBy(),
                decided == null ? null : decided.at(),
                reply.status(),
                reply.error(),
                reached == null ? null : reached.wayBack(),
                reached == null ? null : reached.invokeType(),
                reached == null ? null : reached.hadBeenAnswered(),
                request.offered().size(),
                request.tones(),
                request.rules().afterAnswer(),
                reply.receipt(),
                request.rules().confirmation(),
                request.rules().proof(),
                ending == null ? request.excerpt() : null,
                request.agreement(),
                ending == null ? null : ending.reason(),
                request.rules().timeZone(),
                request.rules().hold(),
                ending == null ? standing.hold().snapshot() : null);
    }
}
