/** Who did what to what, when, from where. */
@NullMarked
package io.cpdevents.platform.audit;

import org.jspecify.annotations.NullMarked;
