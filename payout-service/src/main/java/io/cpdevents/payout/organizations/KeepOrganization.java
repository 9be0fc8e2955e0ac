package io.cpdevents.payout.organizations;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Accounts-service tells about an organization, and we remember its name and owner. */
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
