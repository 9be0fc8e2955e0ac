/** What limits do by the clock. */
@NullMarked
package io.cpdevents.accounts.limits.jobs;

import org.jspecify.annotations.NullMarked;
