/**
 * Disputes: a buyer's bank takes money back, or asks about it. What Stripe says of one is taken
 * over, its money is booked, and organizations answer it.
 */
package io.cpdevents.billing.disputes;
