/** What Stripe was asked about because no message had told it, and what the answer changed. */
package io.cpdevents.billing.settlements;
