/** The sandbox's clock, and planned steps: what Stripe does later by itself. */
package io.cpdevents.sandbox.time;
