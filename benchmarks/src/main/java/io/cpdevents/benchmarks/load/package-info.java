/** How load is put on: in a closed loop, or open at a rate that does not wait. */
@NullMarked
package io.cpdevents.benchmarks.load;

import org.jspecify.annotations.NullMarked;
