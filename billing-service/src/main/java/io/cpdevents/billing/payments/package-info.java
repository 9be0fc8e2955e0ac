/**
 * What a registration's buyer owes, from the hold that opens the payment to its capture or its end.
 * It knows neither the pages on which it is paid (checkouts) nor what Stripe took (charges): they
 * depend on it.
 */
package io.cpdevents.billing.payments;
