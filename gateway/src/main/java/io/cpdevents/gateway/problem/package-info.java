/** Refusals and how they are written: RFC 9457 problem+json, whoever refuses. */
package io.cpdevents.gateway.problem;
