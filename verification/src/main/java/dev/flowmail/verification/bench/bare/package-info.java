/**
 * What Flowmail is measured against: a bare Temporal worker and client with the SDK's defaults, and an empty web application.
 * The one place of this module that knows Temporal's SDK.
 */
@NullMarked
package dev.flowmail.verification.bench.bare;

import org.jspecify.annotations.NullMarked;
