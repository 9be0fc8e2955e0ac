package io.cpdevents.notification.organizations;

import static java.util.stream.Collectors.toMap;

import io.cpdevents.notification.writing.ContentSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Looks up the names of organizations, which accounts-service has told us. */
@Component
public class OrganizationContents implements ContentSource<OrganizationContent> {

  private static final int MAX_IDS_PER_CALL = 100;

  private final OrganizationQueries organizations;

  OrganizationContents(OrganizationQueries organizations) {
    this.organizations = organizations;
  }

  @Override
  public String owner() {
    return "organizations";
  }

  @Override
  public Class<OrganizationContent> contentType() {
    return OrganizationContent.class;
  }

  @Override
  public int maxIdsPerCall() {
    return MAX_IDS_PER_CALL;
  }

  @Override
  public boolean isUnknownGone() {
    return false;
  }

  @Override
  public Map<UUID, OrganizationContent> find(Set<UUID> organizationIds) {
    return organizations.find(organizationIds).values().stream()
        .collect(
            toMap(
                organization -> organization.id(),
                organization -> new OrganizationContent(organization.name())));
  }
}
