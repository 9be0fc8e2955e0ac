package io.cpdevents.registration.promocodes;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Instant;
import java.util.UUID;

/**
 * A promo code of an organization.
 *
 * @param version rises with each change of its terms, not with uses
 */
record PromoCode(
    UUID id, UUID organizationId, long version, PromoCodeTerms terms, Instant createdAt) {

  /** A new one. */
  static PromoCode of(UUID id, UUID organizationId, PromoCodeTerms terms, Instant now) {
    terms.requireRules();
    return new PromoCode(id, organizationId, 1, terms.complete(), now);
  }

  /**
   * The same code with other terms.
   *
   * @throws RuleViolation {@code invalid-request} for another code, no status, or fields that
   *     contradict each other
   */
  PromoCode changed(PromoCodeTerms newTerms) {
    newTerms.requireRules();
    if (!newTerms.code().equals(terms.code())) {
      throw FieldProblem.NEVER_CHANGES.on("code");
    }
    if (newTerms.status() == null) {
      throw FieldProblem.REQUIRED.on("status");
    }
    return newTerms.equals(terms)
        ? this
        : new PromoCode(id, organizationId, version + 1, newTerms, createdAt);
  }
}
