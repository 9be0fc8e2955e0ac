/** The organizations as far as payouts need them. */
@NullMarked
package io.cpdevents.payout.organizations;

import org.jspecify.annotations.NullMarked;
