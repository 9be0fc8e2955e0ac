/** What accounts do by the clock. */
@NullMarked
package io.cpdevents.accounts.accounts.jobs;

import org.jspecify.annotations.NullMarked;
