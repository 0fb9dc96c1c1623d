/** The settings: their names, what follows from them, and the rules that they keep. Read and checked before any bean exists. */
@NullMarked
package dev.flowmail.api.settings;

import org.jspecify.annotations.NullMarked;
