/** A stateful stand-in for Stripe, for local use and tests. */
@NullMarked
package io.cpdevents.sandbox;

import org.jspecify.annotations.NullMarked;
