/** What Stripe posts: verified, kept, answered, and applied after that. */
@NullMarked
package io.cpdevents.billing.webhooks;

import org.jspecify.annotations.NullMarked;
