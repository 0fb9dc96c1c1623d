@NullMarked
package dev.flowmail.verification.servers;

import org.jspecify.annotations.NullMarked;
