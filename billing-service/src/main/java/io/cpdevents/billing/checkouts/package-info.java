/** Attempts to take a payment on a page of Stripe: at most one of them is open. */
@NullMarked
package io.cpdevents.billing.checkouts;

import org.jspecify.annotations.NullMarked;
