/**
 * What people read: decision mails and pages, in their language.
 *
 * <p>Types that templates name in expressions are public: for a method of another one Spring looks anew each time, and each
 * look costs an exception.
 */
@NullMarked
package dev.flowmail.templates;

import org.jspecify.annotations.NullMarked;
