/** What people read: decision mails and pages, in their language. */
@NullMarked
package dev.flowmail.templates;

import org.jspecify.annotations.NullMarked;
