/**
 * Why a figure is what it is: trees from a figure down to tickets, fee rule, journals and Stripe.
 */
package io.cpdevents.billing.explanations;
