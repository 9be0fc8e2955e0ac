/** What was measured, beside what is wanted. */
@NullMarked
package io.cpdevents.benchmarks.figures;

import org.jspecify.annotations.NullMarked;
