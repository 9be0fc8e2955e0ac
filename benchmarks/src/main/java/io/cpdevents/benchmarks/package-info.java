/** Measures the platform that local starts. */
@NullMarked
package io.cpdevents.benchmarks;

import org.jspecify.annotations.NullMarked;
