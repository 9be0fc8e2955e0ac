/** Sweeps and clean-up. */
@NullMarked
package io.cpdevents.platform.jobs;

import org.jspecify.annotations.NullMarked;
