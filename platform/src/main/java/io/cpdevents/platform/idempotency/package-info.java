/** The same request twice is one effect and one answer. */
@NullMarked
package io.cpdevents.platform.idempotency;

import org.jspecify.annotations.NullMarked;
