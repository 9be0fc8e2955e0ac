/** Tests of this part alone. */
@NullMarked
package io.cpdevents.gateway.edge;

import org.jspecify.annotations.NullMarked;
