/** What every request meets first: its shape, its limits, its trace, the headers of its answer. */
package io.cpdevents.gateway.edge;
