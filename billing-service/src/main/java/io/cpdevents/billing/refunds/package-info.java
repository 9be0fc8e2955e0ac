/** Money that goes back, from the obligation to Stripe's answer. */
@NullMarked
package io.cpdevents.billing.refunds;

import org.jspecify.annotations.NullMarked;
