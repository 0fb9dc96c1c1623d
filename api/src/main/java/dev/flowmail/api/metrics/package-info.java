/** What operators count: meters named {@code flowmail.*}, with labels from fixed lists only. */
@NullMarked
package dev.flowmail.api.metrics;

import org.jspecify.annotations.NullMarked;
