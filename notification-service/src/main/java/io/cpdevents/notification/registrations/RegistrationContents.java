package io.cpdevents.notification.registrations;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.cpdevents.notification.organizations.Organization;
import io.cpdevents.notification.organizations.OrganizationQueries;
import io.cpdevents.notification.writing.ContentSource;
import io.cpdevents.platform.http.InternalClients;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Asks registration-service for what mails about registrations say. */
@Component
public class RegistrationContents implements ContentSource<RegistrationContent> {

  /** As many as registration-service answers at once. */
  private static final int MAX_REGISTRATIONS_PER_CALL = 50;

  private final RestClient registration;
  private final OrganizationQueries organizations;

  RegistrationContents(
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
  public Class<RegistrationContent> contentType() {
    return RegistrationContent.class;
  }

  @Override
  public int maxIdsPerCall() {
    return MAX_REGISTRATIONS_PER_CALL;
  }

  @Override
  public boolean isUnknownGone() {
    return false;
  }

  /**
   * Registration-service's contents, with the organizer's name added from what accounts-service
   * publishes.
   */
  @Override
  public Map<UUID, RegistrationContent> find(Set<UUID> registrationIds) {
    List<RegistrationContent> known =
        registration
            .get()
            .uri(uri ->
                uri.path("/internal/mail-contents")
                    .queryParam("registrationId", registrationIds.toArray())
                    .build())
            .retrieve()
            .requiredBody(new ParameterizedTypeReference<>() {});
    Map<UUID, Organization> organizers =
        organizations.find(
            known.stream().map(content -> content.event().organizationId()).collect(toSet()));
    return known.stream()
        .map(content -> {
          Organization organizer = organizers.get(content.event().organizationId());
          return content.organizedBy(organizer == null ? null : organizer.name());
        })
        .collect(toMap(RegistrationContent::registrationId, Function.identity()));
  }
}
