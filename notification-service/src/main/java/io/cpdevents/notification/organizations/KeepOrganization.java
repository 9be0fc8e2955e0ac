package io.cpdevents.notification.organizations;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Accounts-service tells about an organization, and we remember its name and its owner. */
@Component
public class KeepOrganization {

  private final Organizations organizations;

  KeepOrganization(Organizations organizations) {
    this.organizations = organizations;
  }

  /** Keeps the newest version that was told. */
  @Transactional
  public void handle(Organization organization) {
    organizations.keep(organization);
  }
}
