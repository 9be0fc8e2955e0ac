/** The one clock. */
@NullMarked
package io.cpdevents.platform.time;

import org.jspecify.annotations.NullMarked;
