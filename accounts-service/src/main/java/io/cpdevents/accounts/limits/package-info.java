/** Limits on attempts that hold exactly, over all instances. */
@NullMarked
package io.cpdevents.accounts.limits;

import org.jspecify.annotations.NullMarked;
