/** What Stripe has captured, whether a payment wanted it or not, and what it has booked of that. */
@NullMarked
package io.cpdevents.billing.charges;

import org.jspecify.annotations.NullMarked;
