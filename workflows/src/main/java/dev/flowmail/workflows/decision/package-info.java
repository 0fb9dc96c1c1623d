/** One decision request from its mails to Flow's answer: the rule, the deadline and the durable wait. */
@NullMarked
package dev.flowmail.workflows.decision;

import org.jspecify.annotations.NullMarked;
