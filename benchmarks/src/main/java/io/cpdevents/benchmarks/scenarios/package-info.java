/** What is measured. */
@NullMarked
package io.cpdevents.benchmarks.scenarios;

import org.jspecify.annotations.NullMarked;
