@NullMarked
package dev.flowmail.simulator.bench;

import org.jspecify.annotations.NullMarked;
