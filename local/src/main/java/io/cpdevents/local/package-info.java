/** Starts, watches and stops the whole platform on one machine; {@code ./cpd} is its face. */
@NullMarked
package io.cpdevents.local;

import org.jspecify.annotations.NullMarked;
