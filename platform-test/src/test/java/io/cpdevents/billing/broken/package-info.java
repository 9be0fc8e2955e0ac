/** Everything here breaks a rule of the house: {@code HouseRulesTest} finds it. */
@NullMarked
package io.cpdevents.billing.broken;

import org.jspecify.annotations.NullMarked;
