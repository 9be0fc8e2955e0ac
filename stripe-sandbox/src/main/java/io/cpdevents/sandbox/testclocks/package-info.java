/** Test clocks, by which tests against Stripe's own sandboxes move the time. */
package io.cpdevents.sandbox.testclocks;
