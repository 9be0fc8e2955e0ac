package io.cpdevents.registration.organizations;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells whether something of an organization may go on sale. */
@Component
public class OpenOrganizations {

  private final ClosedOrganizations closed;

  OpenOrganizations(ClosedOrganizations closed) {
    this.closed = closed;
  }

  /**
   * Requires that it is not being closed; nobody does so until the transaction ends.
   *
   * @throws RuleViolation 409 {@code wrong-state}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void require(UUID organizationId, Instant now) {
    closed.hold(organizationId);
    if (closed.isClosing(organizationId, now)) {
      throw CommonProblem.WRONG_STATE.violation("The organization is being closed.");
    }
  }
}
