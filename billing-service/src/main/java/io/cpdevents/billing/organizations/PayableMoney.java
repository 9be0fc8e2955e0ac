package io.cpdevents.billing.organizations;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.cpdevents.platform.http.InternalClients;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Asks payout-service what an organization could be paid out now. */
@Component
public class PayableMoney {

  /**
   * What could be paid out now.
   *
   * @param available signed
   * @param released whether what the event earned is a part of it, or some of it was paid out
   * @param pending what of that waits nevertheless; a refund takes it first
   * @param releasesAt when what waits becomes a part of it; null when nothing does, or nobody knows
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Payable(
      Money available, boolean released, Money pending, @Nullable Instant releasesAt) {

    /** What it falls by when so much is taken back of what the event earned. */
    public Money fallsBy(Money takenBack) {
      Money zero = Money.zero(takenBack.currency());
      Money beyondPending = takenBack.minus(pending);
      return released && beyondPending.isPositive() ? beyondPending : zero;
    }
  }

  private static final Logger log = LoggerFactory.getLogger(PayableMoney.class);

  private final RestClient payoutService;

  PayableMoney(InternalClients clients, @Value("${cpd.payout-url}") String payoutUrl) {
    this.payoutService = clients.to("payout", payoutUrl);
  }

  /** What an organization could be paid out; empty while payout-service does not answer. */
  public Optional<Payable> of(UUID organizationId, Currency currency, UUID eventId) {
    try {
      return Optional.ofNullable(
          payoutService
              .get()
              .uri(address ->
                  address
                      .path("/internal/event-money")
                      .queryParam("organizationId", organizationId)
                      .queryParam("currency", currency)
                      .queryParam("eventId", eventId)
                      .build())
              .retrieve()
              .body(Payable.class));
    } catch (RestClientException unanswered) {
      log.warn("payout-service does not tell what could be paid out: {}", unanswered.toString());
      return Optional.empty();
    }
  }
}
