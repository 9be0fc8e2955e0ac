/** Refusals and how they are written: RFC 9457 problem+json, whoever refuses. */
@NullMarked
package io.cpdevents.gateway.problem;

import org.jspecify.annotations.NullMarked;
