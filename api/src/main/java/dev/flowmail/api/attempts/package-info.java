/** What watches the attempts of activities has in common. */
@NullMarked
package dev.flowmail.api.attempts;

import org.jspecify.annotations.NullMarked;
