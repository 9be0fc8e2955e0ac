package io.cpdevents.accounts.organizations;

import java.util.UUID;
import org.springframework.stereotype.Component;

/** Knows the people without whom an organization would have no owner. */
@Component
public class LastOwners {

  private final Organizations organizations;

  LastOwners(Organizations organizations) {
    this.organizations = organizations;
  }

  /**
   * Whether the person is the last owner of some organization, but for such as are being erased.
   */
  public boolean contain(UUID accountId) {
    return organizations.isLastOwner(accountId);
  }
}
