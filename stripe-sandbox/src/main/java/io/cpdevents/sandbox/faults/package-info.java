/** Faults of the API on demand: delays, lost answers, refusals. */
package io.cpdevents.sandbox.faults;
