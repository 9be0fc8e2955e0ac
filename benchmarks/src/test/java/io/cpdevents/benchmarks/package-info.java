/** The command line of the benchmarks. */
@NullMarked
package io.cpdevents.benchmarks;

import org.jspecify.annotations.NullMarked;
