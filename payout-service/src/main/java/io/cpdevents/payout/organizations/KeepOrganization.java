package io.cpdevents.payout.organizations;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stores an organization's name and owner, as accounts-service publishes them. */
@Component
public class KeepOrganization {

  private final KnownOrganizations organizations;

  KeepOrganization(KnownOrganizations organizations) {
    this.organizations = organizations;
  }

  /** Stores the organization, unless this version or a newer one is stored. */
  @Transactional
  public void handle(KnownOrganization organization) {
    organizations.keep(organization);
  }
}
