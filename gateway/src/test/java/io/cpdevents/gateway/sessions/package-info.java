/** Tests of this part alone. */
@NullMarked
package io.cpdevents.gateway.sessions;

import org.jspecify.annotations.NullMarked;
