/** Connections: how many one network may have, and how long a request may take to arrive. */
package io.cpdevents.gateway.connections;
