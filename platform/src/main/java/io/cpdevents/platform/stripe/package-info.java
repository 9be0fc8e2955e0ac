/** How services call Stripe: one client, its limits, and what a failure means. */
package io.cpdevents.platform.stripe;
