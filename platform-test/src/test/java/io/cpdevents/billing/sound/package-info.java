/** A feature that keeps the rules of the house: {@code HouseRulesTest} finds nothing. */
package io.cpdevents.billing.sound;
