package io.cpdevents.accounts.members;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.http.InternalClients;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Asks the services what of an organization is not over. */
@Component
class OpenMatters {

  private static final Logger log = LoggerFactory.getLogger(OpenMatters.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private static final ParameterizedTypeReference<List<String>> WORDS =
      new ParameterizedTypeReference<>() {};

  private final RestClient registration;
  private final RestClient billing;
  private final RestClient payout;

  OpenMatters(
      InternalClients clients,
      @Value("${cpd.registration-url}") String registrationUrl,
      @Value("${cpd.billing-url}") String billingUrl,
      @Value("${cpd.payout-url}") String payoutUrl) {
    this.registration = clients.to("registration", registrationUrl);
    this.billing = clients.to("billing", billingUrl);
    this.payout = clients.to("payout", payoutUrl);
  }

  /**
   * All of it, in one word each; empty: it may be closed, and for ten minutes nothing of it goes on
   * sale. Money is asked about once more when nothing is on sale: nothing new is owed from then on.
   *
   * @throws RuleViolation 503 {@code service-unavailable}
   */
  List<String> of(UUID organizationId) {
    try {
      return ask(organizationId);
    } catch (RestClientException | CallNotPermittedException unanswered) {
      log.warn("What is open of organization {} is not known", organizationId, unanswered);
      throw CommonProblem.SERVICE_UNAVAILABLE.violation(RETRY_AFTER);
    }
  }

  private List<String> ask(UUID organizationId) {
    List<String> money = money(organizationId);
    if (!money.isEmpty()) {
      // Nothing is kept from going on sale for a closing that is refused.
      return money;
    }
    List<String> events =
        registration
            .put()
            .uri("/internal/organizations/{organizationId}/closing", organizationId)
            .retrieve()
            .requiredBody(WORDS);
    return events.isEmpty() ? money(organizationId) : events;
  }

  private List<String> money(UUID organizationId) {
    return Stream.of(of(billing, organizationId), of(payout, organizationId))
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  private static List<String> of(RestClient service, UUID organizationId) {
    return service
        .get()
        .uri("/internal/organizations/{organizationId}/open-matters", organizationId)
        .retrieve()
        .requiredBody(WORDS);
  }
}
