/** Amounts in minor units, shares that add up, and what Stripe can charge. */
package io.cpdevents.platform.money;
