/** What workflows that ask over Nexus are told. */
@NullMarked
package dev.flowmail.workflows.approvals;

import org.jspecify.annotations.NullMarked;
