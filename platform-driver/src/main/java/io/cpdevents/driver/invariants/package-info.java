/** What must be true of a platform, whatever has happened. */
@NullMarked
package io.cpdevents.driver.invariants;

import org.jspecify.annotations.NullMarked;
