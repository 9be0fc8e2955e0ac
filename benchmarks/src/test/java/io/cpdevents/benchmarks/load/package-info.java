/** The arithmetic of load. */
@NullMarked
package io.cpdevents.benchmarks.load;

import org.jspecify.annotations.NullMarked;
