package io.cpdevents.notification.organizations;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The read side of organizations. */
@Component
public class OrganizationQueries {

  private final Organizations organizations;

  OrganizationQueries(Organizations organizations) {
    this.organizations = organizations;
  }

  /** These organizations, by id; those that are not known yet are left out. */
  public Map<UUID, Organization> find(Set<UUID> ids) {
    return ids.isEmpty() ? Map.of() : organizations.find(ids);
  }
}
