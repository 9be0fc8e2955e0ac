/** What sessions do by the clock. */
@NullMarked
package io.cpdevents.accounts.sessions.jobs;

import org.jspecify.annotations.NullMarked;
