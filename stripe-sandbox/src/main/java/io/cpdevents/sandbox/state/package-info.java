/** The state of everything, and the way back to the beginning. */
@NullMarked
package io.cpdevents.sandbox.state;

import org.jspecify.annotations.NullMarked;
