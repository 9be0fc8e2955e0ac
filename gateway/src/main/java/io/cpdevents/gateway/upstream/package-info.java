/** The services behind the gateway and the calls to them. */
package io.cpdevents.gateway.upstream;
