/** Pages that are closed at Stripe, and asked about without a message from it. */
@NullMarked
package io.cpdevents.billing.checkouts.jobs;

import org.jspecify.annotations.NullMarked;
