/** Following Stripe when nobody asks. */
@NullMarked
package io.cpdevents.billing.reconciliation.jobs;

import org.jspecify.annotations.NullMarked;
