/** The port to Stripe and its one adapter; no other package knows Stripe's library. */
@NullMarked
package io.cpdevents.billing.stripe;

import org.jspecify.annotations.NullMarked;
