/** Who calls, and what each endpoint asks of the caller. */
@NullMarked
package io.cpdevents.platform.security;

import org.jspecify.annotations.NullMarked;
