/** Logging in, the list of sessions, and ending them. */
@NullMarked
package io.cpdevents.accounts.sessions;

import org.jspecify.annotations.NullMarked;
