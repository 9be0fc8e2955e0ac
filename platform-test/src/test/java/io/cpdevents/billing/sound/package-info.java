/** A feature that keeps the rules of the house: {@code HouseRulesTest} finds nothing. */
@NullMarked
package io.cpdevents.billing.sound;

import org.jspecify.annotations.NullMarked;
