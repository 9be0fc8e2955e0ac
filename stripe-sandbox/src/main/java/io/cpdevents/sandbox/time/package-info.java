/** The sandbox's clock and what Stripe does later by itself. */
package io.cpdevents.sandbox.time;
