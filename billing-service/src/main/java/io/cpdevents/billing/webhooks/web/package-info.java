/** Stripe's way in, and the operators' view of it. */
@NullMarked
package io.cpdevents.billing.webhooks.web;

import org.jspecify.annotations.NullMarked;
