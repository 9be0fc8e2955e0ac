/** Organizations as customers at Stripe, and the cards that pay their invoices. */
package io.cpdevents.billing.paymentmethods;
