package io.cpdevents.payout.organizations;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** We know whom a balance belongs to, as it was told last. */
@Component
public class KeepOrganization {

  private final KnownOrganizations organizations;

  KeepOrganization(KnownOrganizations organizations) {
    this.organizations = organizations;
  }

  /** Keeps the newest version that was told. */
  @Transactional
  public void handle(KnownOrganization organization) {
    organizations.keep(organization);
  }
}
