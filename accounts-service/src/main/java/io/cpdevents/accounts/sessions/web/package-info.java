/** The HTTP endpoints of sessions and log-in records. */
@NullMarked
package io.cpdevents.accounts.sessions.web;

import org.jspecify.annotations.NullMarked;
