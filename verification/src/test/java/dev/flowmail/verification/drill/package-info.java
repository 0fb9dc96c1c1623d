@NullMarked
package dev.flowmail.verification.drill;

import org.jspecify.annotations.NullMarked;
