@NullMarked
package dev.flowmail.verification.bench;

import org.jspecify.annotations.NullMarked;
