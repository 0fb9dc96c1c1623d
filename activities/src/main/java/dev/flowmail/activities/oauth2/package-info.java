/** Gets access tokens from the token endpoints that callers name (OAuth 2.0, RFC 6749), and keeps them while they last. */
@NullMarked
package dev.flowmail.activities.oauth2;

import org.jspecify.annotations.NullMarked;
