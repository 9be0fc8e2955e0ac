@NullMarked
package io.cpdevents.driver.invariants;

import org.jspecify.annotations.NullMarked;
