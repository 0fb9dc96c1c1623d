/** What every request passes before a controller sees it. */
@NullMarked
package dev.flowmail.api.edge;

import org.jspecify.annotations.NullMarked;
