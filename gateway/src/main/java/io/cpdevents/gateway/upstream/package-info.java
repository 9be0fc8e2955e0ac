/** The services behind the gateway and the calls to them. */
@NullMarked
package io.cpdevents.gateway.upstream;

import org.jspecify.annotations.NullMarked;
