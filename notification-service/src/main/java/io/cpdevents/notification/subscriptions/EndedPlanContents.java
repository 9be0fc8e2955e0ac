package io.cpdevents.notification.subscriptions;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.cpdevents.notification.organizations.Organization;
import io.cpdevents.notification.organizations.OrganizationQueries;
import io.cpdevents.notification.writing.ContentSource;
import io.cpdevents.platform.http.InternalClients;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Asks registration-service which events the plans of organizations would not let them publish. */
@Component
class EndedPlanContents implements ContentSource<EndedPlanContent> {

  private static final int MAX_ORGANIZATIONS_PER_CALL = 50;

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record EventBeyondPlan(String title) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record BeyondPlan(
      UUID organizationId, long entitlementsVersion, List<EventBeyondPlan> events) {}

  private final RestClient registration;
  private final OrganizationQueries organizations;

  EndedPlanContents(
      InternalClients clients,
      @Value("${cpd.registration-url}") String registrationUrl,
      OrganizationQueries organizations) {
    this.registration = clients.to("registration", registrationUrl);
    this.organizations = organizations;
  }

  @Override
  public String owner() {
    return "registration";
  }

  @Override
  public Class<EndedPlanContent> contentType() {
    return EndedPlanContent.class;
  }

  @Override
  public int maxIdsPerCall() {
    return MAX_ORGANIZATIONS_PER_CALL;
  }

  @Override
  public boolean isUnknownGone() {
    return false;
  }

  @Override
  public Map<UUID, EndedPlanContent> find(Set<UUID> organizationIds) {
    List<BeyondPlan> told = beyondPlan(organizationIds);
    Map<UUID, Organization> known = organizations.find(organizationIds);
    return told.stream()
        .filter(plan -> known.containsKey(plan.organizationId()))
        .collect(
            toMap(
                BeyondPlan::organizationId,
                plan ->
                    new EndedPlanContent(
                        Objects.requireNonNull(known.get(plan.organizationId())).name(),
                        plan.entitlementsVersion(),
                        plan.events().stream().map(EventBeyondPlan::title).toList())));
  }

  private List<BeyondPlan> beyondPlan(Set<UUID> organizationIds) {
    return registration
        .get()
        .uri(uri ->
            uri.path("/internal/events-beyond-plan")
                .queryParam("organizationId", organizationIds.toArray())
                .build())
        .retrieve()
        .requiredBody(new ParameterizedTypeReference<>() {});
  }
}
