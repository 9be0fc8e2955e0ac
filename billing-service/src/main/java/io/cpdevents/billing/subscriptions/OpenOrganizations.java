package io.cpdevents.billing.subscriptions;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells whether an organization still is one. A session or a key of it that ends in a moment begins
 * nothing that would be charged.
 */
@Component
class OpenOrganizations {

  private final TrialUses organizations;

  OpenOrganizations(TrialUses organizations) {
    this.organizations = organizations;
  }

  /**
   * Requires that it is not closed; who has locked its subscription before comes before the closing
   * or sees it.
   *
   * @throws RuleViolation 409 {@code wrong-state}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void require(UUID organizationId) {
    if (organizations.isClosed(organizationId)) {
      throw CommonProblem.WRONG_STATE.violation("The organization is closed.");
    }
  }
}
