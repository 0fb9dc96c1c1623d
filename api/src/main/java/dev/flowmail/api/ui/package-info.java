/** Temporal's UI on a port of its own, behind a guard that lets no web page but itself in. */
@NullMarked
package dev.flowmail.api.ui;

import org.jspecify.annotations.NullMarked;
