/** What is asked about charges without a message from Stripe. */
@NullMarked
package io.cpdevents.billing.charges.jobs;

import org.jspecify.annotations.NullMarked;
