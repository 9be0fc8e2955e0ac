/** Everything here breaks a rule of the house: {@code HouseRulesTest} finds it. */
package io.cpdevents.billing.broken;
