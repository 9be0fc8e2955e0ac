/** What each organization has earned and is paid. */
@NullMarked
package io.cpdevents.payout;

import org.jspecify.annotations.NullMarked;
