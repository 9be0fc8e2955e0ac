/** Refusals and how they are written: as RFC 9457 problem+json, Tomcat's own included. */
package io.cpdevents.gateway.problem;
