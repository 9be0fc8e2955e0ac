/** The payment of a registration, from its checkout to its capture. */
@NullMarked
package io.cpdevents.billing.payments;

import org.jspecify.annotations.NullMarked;
