/** The platform under load: who acts in it, and what it costs. */
@NullMarked
package io.cpdevents.benchmarks.stage;

import org.jspecify.annotations.NullMarked;
