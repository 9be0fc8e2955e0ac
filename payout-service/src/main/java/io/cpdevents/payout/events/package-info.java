/** The events as far as payouts need them: when they end. */
@NullMarked
package io.cpdevents.payout.events;

import org.jspecify.annotations.NullMarked;
