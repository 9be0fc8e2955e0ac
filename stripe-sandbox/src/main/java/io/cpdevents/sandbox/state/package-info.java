/** Shows the sandbox's state with its invariants, and resets it. */
package io.cpdevents.sandbox.state;
