/** What is reached and what is missed. */
@NullMarked
package io.cpdevents.benchmarks.figures;

import org.jspecify.annotations.NullMarked;
