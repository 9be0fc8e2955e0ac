/** Tests of this part alone. */
@NullMarked
package io.cpdevents.gateway.upstream;

import org.jspecify.annotations.NullMarked;
