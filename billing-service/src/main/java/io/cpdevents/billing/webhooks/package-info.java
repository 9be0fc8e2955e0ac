/** What Stripe posts: verified, kept, answered, and applied after that. */
package io.cpdevents.billing.webhooks;
