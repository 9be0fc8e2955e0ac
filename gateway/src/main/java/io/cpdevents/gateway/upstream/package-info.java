/** The services behind the gateway, and how they are called: pool, timeouts, bulkhead, breaker. */
package io.cpdevents.gateway.upstream;
