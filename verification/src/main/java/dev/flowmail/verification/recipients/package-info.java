/** What people who get Flowmail's mails do with them, for tests, drills and schedules. */
@NullMarked
package dev.flowmail.verification.recipients;

import org.jspecify.annotations.NullMarked;
