@NullMarked
package io.cpdevents.platform.idempotency;

import org.jspecify.annotations.NullMarked;
