/** Money that goes back, from the obligation to Stripe's answer. */
package io.cpdevents.billing.refunds;
