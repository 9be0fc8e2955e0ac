package io.cpdevents.billing.subscriptions;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.cpdevents.billing.plans.Plan;
import io.cpdevents.billing.subscriptions.PlanChangePreviewView.Exceeded;
import io.cpdevents.billing.subscriptions.PlanChangePreviewView.Limit;
import io.cpdevents.platform.http.InternalClients;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Asks registration-service what an organization has used this month. */
@Component
class PresentUsage {

  /** What was used in this calendar month. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Used(Counted publications, Counted registrations) {

    /** What of it a plan with these limits does not allow. */
    List<Exceeded> beyond(Plan.Limits limits) {
      List<Exceeded> exceeded = new ArrayList<>();
      publications.beyond(Limit.PUBLICATIONS, limits.publications()).ifPresent(exceeded::add);
      registrations.beyond(Limit.REGISTRATIONS, limits.registrations()).ifPresent(exceeded::add);
      return List.copyOf(exceeded);
    }
  }

  /** How often. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Counted(int used) {
    private Optional<Exceeded> beyond(Limit limit, @Nullable Integer allowed) {
      return allowed == null || used <= allowed
          ? Optional.empty()
          : Optional.of(new Exceeded(limit, used, allowed));
    }
  }

  private static final Logger log = LoggerFactory.getLogger(PresentUsage.class);

  private final RestClient registrationService;

  PresentUsage(InternalClients clients, @Value("${cpd.registration-url}") String registrationUrl) {
    this.registrationService = clients.to("registration", registrationUrl);
  }

  /** What was used; empty while registration-service does not answer. */
  Optional<Used> of(UUID organizationId) {
    try {
      return Optional.ofNullable(
          registrationService
              .get()
              .uri(address ->
                  address
                      .path("/internal/usage")
                      .queryParam("organizationId", organizationId)
                      .build())
              .retrieve()
              .body(Used.class));
    } catch (RestClientException | CallNotPermittedException unanswered) {
      log.warn("registration-service does not tell what is used: {}", unanswered.toString());
      return Optional.empty();
    }
  }
}
