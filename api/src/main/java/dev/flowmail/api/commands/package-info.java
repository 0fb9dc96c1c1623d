/** What the program does beside serving: its commands, by the first argument. */
@NullMarked
package dev.flowmail.api.commands;

import org.jspecify.annotations.NullMarked;
