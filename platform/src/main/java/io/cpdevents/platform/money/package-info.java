/** Amounts in minor units, their allocation and rounding, and what Stripe can charge. */
package io.cpdevents.platform.money;
