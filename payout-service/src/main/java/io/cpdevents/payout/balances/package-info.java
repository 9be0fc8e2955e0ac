/** What belongs to an organization, and when it may be paid out. */
@NullMarked
package io.cpdevents.payout.balances;

import org.jspecify.annotations.NullMarked;
