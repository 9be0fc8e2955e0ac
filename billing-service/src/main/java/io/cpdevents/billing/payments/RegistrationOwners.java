package io.cpdevents.billing.payments;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.cpdevents.platform.http.InternalClients;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Asks registration-service whose a registration is of which no message has come yet. */
@Component
class RegistrationOwners {

  /**
   * Whose it is.
   *
   * @param paymentExpected false of a free one; null when an older registration-service answers
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Owner(UUID accountId, @Nullable Boolean paymentExpected) {

    /** Whether this account may wait for a payment of it. */
    boolean mayWait(UUID account) {
      return accountId.equals(account) && !Boolean.FALSE.equals(paymentExpected);
    }
  }

  private static final Logger log = LoggerFactory.getLogger(RegistrationOwners.class);

  private final RestClient registrationService;

  RegistrationOwners(
      InternalClients clients, @Value("${cpd.registration-url}") String registrationUrl) {
    this.registrationService = clients.to("registration", registrationUrl);
  }

  /** The owner; empty when there is no such registration, or nobody answers. */
  Optional<Owner> of(UUID registrationId) {
    try {
      return Optional.ofNullable(
          registrationService
              .get()
              .uri("/internal/registrations/{registrationId}/owner", registrationId)
              .retrieve()
              .body(Owner.class));
    } catch (HttpClientErrorException.NotFound unknown) {
      return Optional.empty();
    } catch (RestClientException unanswered) {
      log.warn(
          "registration-service does not tell whose a registration is: {}", unanswered.toString());
      return Optional.empty();
    }
  }
}
