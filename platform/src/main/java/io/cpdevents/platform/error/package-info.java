/** Refusals with stable codes, told as problem+json. */
@NullMarked
package io.cpdevents.platform.error;

import org.jspecify.annotations.NullMarked;
