/** Which path belongs to which service, and how a request gets there and its answer back. */
@NullMarked
package io.cpdevents.gateway.routes;

import org.jspecify.annotations.NullMarked;
