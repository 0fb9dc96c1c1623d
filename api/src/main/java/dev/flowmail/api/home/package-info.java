/** The page that tells people what this is. */
@NullMarked
package dev.flowmail.api.home;

import org.jspecify.annotations.NullMarked;
