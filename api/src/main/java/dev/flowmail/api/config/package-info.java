/** What the settings open: the data directory, its keys, the attachment store, the mail server of whoever runs Flowmail. */
@NullMarked
package dev.flowmail.api.config;

import org.jspecify.annotations.NullMarked;
