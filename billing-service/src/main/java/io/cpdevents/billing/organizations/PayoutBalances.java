package io.cpdevents.billing.organizations;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.cpdevents.billing.organizations.Funds.Owner;
import io.cpdevents.platform.http.InternalClients;
import io.cpdevents.platform.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Asks payout-service what organizations have by what it was told of the ledger, and what about
 * their payouts a person has to decide.
 */
@Component
class PayoutBalances {

  /** What payout-service answers at once. */
  private static final int MAX_ORGANIZATIONS_PER_CALL = 50;

  private static final ParameterizedTypeReference<List<Sum>> SUMS =
      new ParameterizedTypeReference<>() {};

  private static final ParameterizedTypeReference<List<OpenQuestion>> QUESTIONS =
      new ParameterizedTypeReference<>() {};

  /**
   * Something about a payout that a person has to decide.
   *
   * @param kind {@code unconfirmed}, {@code money-left} or {@code money-missing}
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record OpenQuestion(UUID payoutId, String kind, Money amount) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Sum(UUID organizationId, Money amount) {}

  private final RestClient payoutService;

  PayoutBalances(InternalClients clients, @Value("${cpd.payout-url}") String payoutUrl) {
    this.payoutService = clients.to("payout", payoutUrl);
  }

  /** What these organizations have; those of which it knows nothing are left out. */
  Map<Owner, Money> of(List<UUID> organizationIds) {
    List<Sum> sums = new ArrayList<>();
    for (int from = 0; from < organizationIds.size(); from += MAX_ORGANIZATIONS_PER_CALL) {
      int to = Math.min(from + MAX_ORGANIZATIONS_PER_CALL, organizationIds.size());
      sums.addAll(ask(organizationIds.subList(from, to)));
    }
    return sums.stream()
        .map(sum -> Funds.of(sum.organizationId(), sum.amount()))
        .collect(Collectors.toMap(Funds::owner, Funds::amount));
  }

  private List<Sum> ask(List<UUID> organizationIds) {
    return Objects.requireNonNull(
        payoutService
            .get()
            .uri(address ->
                address
                    .path("/internal/balance-sums")
                    .queryParam("organizationId", organizationIds)
                    .build())
            .retrieve()
            .body(SUMS));
  }

  /** Payouts about which a person has to decide. */
  List<OpenQuestion> openQuestions() {
    return Objects.requireNonNull(
        payoutService.get().uri("/internal/open-questions").retrieve().body(QUESTIONS));
  }
}
