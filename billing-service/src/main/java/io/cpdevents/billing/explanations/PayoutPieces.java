package io.cpdevents.billing.explanations;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.cpdevents.platform.http.InternalClients;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** Asks payout-service what a payout pays. */
@Component
class PayoutPieces {

  /**
   * What a payout is made of.
   *
   * @param carriedOver what earlier payouts had left, or had paid too much (negative)
   * @param carriedOverFrom the latest of them; null when there is none
   * @param kept what of both this one does not pay
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Payout(
      UUID id,
      UUID organizationId,
      Money amount,
      Money carriedOver,
      @Nullable UUID carriedOverFrom,
      Money kept,
      Instant requestedAt,
      @Nullable String bankPayoutId,
      List<Entry> entries) {}

  /** A ledger entry of the organization. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Entry(
      UUID id, UUID journalId, String journalKind, @Nullable UUID paymentId, Money amount) {}

  private final RestClient payoutService;

  PayoutPieces(InternalClients clients, @Value("${cpd.payout-url}") String payoutUrl) {
    this.payoutService = clients.to("payout", payoutUrl);
  }

  /** The payout, if there is one. */
  Optional<Payout> of(UUID payoutId) {
    try {
      return Optional.ofNullable(
          payoutService
              .get()
              .uri("/internal/payouts/{payoutId}/entries", payoutId)
              .retrieve()
              .body(Payout.class));
    } catch (HttpClientErrorException.NotFound unknown) {
      return Optional.empty();
    }
  }
}
