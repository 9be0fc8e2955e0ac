/** Buyers as Stripe knows them. */
@NullMarked
package io.cpdevents.billing.customers;

import org.jspecify.annotations.NullMarked;
