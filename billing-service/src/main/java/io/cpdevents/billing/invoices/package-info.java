/** Invoices of organizations' plans, as Stripe has them, and which money pays them. */
package io.cpdevents.billing.invoices;
