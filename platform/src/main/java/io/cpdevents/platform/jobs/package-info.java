/** Sweeps, clean-up, and the pace of work in rounds. */
@NullMarked
package io.cpdevents.platform.jobs;

import org.jspecify.annotations.NullMarked;
