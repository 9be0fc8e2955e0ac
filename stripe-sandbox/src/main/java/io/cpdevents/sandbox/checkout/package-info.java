/** Checkout sessions and their hosted page. */
@NullMarked
package io.cpdevents.sandbox.checkout;

import org.jspecify.annotations.NullMarked;
