/** Faults on demand: delays, lost answers, refusals. */
@NullMarked
package io.cpdevents.sandbox.faults;

import org.jspecify.annotations.NullMarked;
