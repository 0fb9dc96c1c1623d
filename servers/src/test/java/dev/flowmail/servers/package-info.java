@NullMarked
package dev.flowmail.servers;

import org.jspecify.annotations.NullMarked;
