/** What Stripe has captured, whether a payment wanted it or not, and what it has booked of that. */
package io.cpdevents.billing.charges;
