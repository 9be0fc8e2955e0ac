/** Tests of this part alone. */
@NullMarked
package io.cpdevents.gateway.routes;

import org.jspecify.annotations.NullMarked;
