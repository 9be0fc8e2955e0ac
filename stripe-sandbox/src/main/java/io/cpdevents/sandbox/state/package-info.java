/** The state of everything, and the way back to the beginning. */
package io.cpdevents.sandbox.state;
