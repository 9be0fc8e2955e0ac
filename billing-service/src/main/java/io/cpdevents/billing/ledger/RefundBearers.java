package io.cpdevents.billing.ledger;

import io.cpdevents.platform.money.Money;
import java.util.UUID;

/**
 * Who bears a refund, all in one currency.
 *
 * @param ofOrganization what the organization has less
 * @param ofPlatform what the platform gives up of its fee
 * @param ofSuspense what goes back of money that was nobody's
 */
public record RefundBearers(
    UUID organizationId, Money ofOrganization, Money ofPlatform, Money ofSuspense) {

  /** What is owed in all. */
  Money sum() {
    return ofOrganization.plus(ofPlatform).plus(ofSuspense);
  }

  /** The same in the other direction. */
  RefundBearers negate() {
    return new RefundBearers(
        organizationId, ofOrganization.negate(), ofPlatform.negate(), ofSuspense.negate());
  }

  /** What these bear more than others. */
  public RefundBearers minus(RefundBearers others) {
    return new RefundBearers(
        organizationId,
        ofOrganization.minus(others.ofOrganization),
        ofPlatform.minus(others.ofPlatform),
        ofSuspense.minus(others.ofSuspense));
  }
}
