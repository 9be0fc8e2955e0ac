/** The platform under load: who acts in it, what it costs, and whether it stayed right. */
@NullMarked
package io.cpdevents.benchmarks.stage;

import org.jspecify.annotations.NullMarked;
