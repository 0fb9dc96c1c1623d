@NullMarked
package dev.flowmail.verification.schedules;

import org.jspecify.annotations.NullMarked;
