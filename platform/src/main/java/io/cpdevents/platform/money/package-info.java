/** Amounts in minor units, shares that add up, and what Stripe can charge. */
@NullMarked
package io.cpdevents.platform.money;

import org.jspecify.annotations.NullMarked;
