/** Refunds, and refunds that fail later. */
@NullMarked
package io.cpdevents.sandbox.refunds;

import org.jspecify.annotations.NullMarked;
