/** Records Flow's requests, redacted, where whoever runs Flowmail wants to show somebody how their Flow speaks. Off by default. */
@NullMarked
package dev.flowmail.api.recording;

import org.jspecify.annotations.NullMarked;
