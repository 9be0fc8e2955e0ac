/** Which path belongs to which service, and how a request gets there and its answer back. */
package io.cpdevents.gateway.routes;
