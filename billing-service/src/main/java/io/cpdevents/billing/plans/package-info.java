/** The catalogue of plans: prices, limits and fee rules, and what Stripe knows of it. */
package io.cpdevents.billing.plans;
