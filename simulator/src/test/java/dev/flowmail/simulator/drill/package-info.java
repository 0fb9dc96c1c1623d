@NullMarked
package dev.flowmail.simulator.drill;

import org.jspecify.annotations.NullMarked;
