/** What every request meets first: its shape, its limits, its trace, the headers of its answer. */
@NullMarked
package io.cpdevents.gateway.edge;

import org.jspecify.annotations.NullMarked;
