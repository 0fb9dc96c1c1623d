package dev.flowmail.activities.links;

import dev.flowmail.workflows.mail.Question.Comments;

/**
 * What a decision link says, signed: all that it takes to tell nonsense from an answer without asking Temporal.
 *
 * @param workflowId {@code decision-} and a digest; never a run id, so that links survive a reset
 * @param recipient the recipient's place in the request, 0 to 65,535
 * @param generation which holder of that place the link was mailed to, 0 to 255
 * @param outcome place of the outcome that the link names, 0 to 255
 * @param outcomes how many outcomes there are, 1 to 255
 * @param comments whether the page asks for a comment
 */
public record DecisionLink(
        String workflowId, int recipient, int generation, int outcome, int outcomes, Comments comments) {}
