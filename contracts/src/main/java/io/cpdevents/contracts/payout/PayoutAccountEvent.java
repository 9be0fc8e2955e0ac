package io.cpdevents.contracts.payout;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to the account at Stripe through which an organization is paid. */
public sealed interface PayoutAccountEvent extends Event {

  UUID payoutAccountId();

  UUID organizationId();

  @Override
  default Topic topic() {
    return Topic.PAYOUT_ACCOUNTS;
  }

  @Override
  default String key() {
    return payoutAccountId().toString();
  }

  @Override
  default Map<String, String> correlation() {
    return Map.of("payoutAccountId", payoutAccountId().toString());
  }

  /**
   * The organization can be paid.
   *
   * @param currencies those of its bank accounts, ISO 4217
   */
  record PayoutAccountReady(
      UUID payoutAccountId, UUID organizationId, List<String> currencies, Instant readyAt)
      implements PayoutAccountEvent {}

  /**
   * The organization could be paid, and cannot any more.
   *
   * @param disabledReason Stripe's word for why; null when it gives none
   * @param requirements Stripe's names of what the organization has to enter
   * @param disconnected whether the owner has ended the connection, so that another account is
   *     needed
   */
  record PayoutAccountRestricted(
      UUID payoutAccountId,
      UUID organizationId,
      @Nullable String disabledReason,
      List<String> requirements,
      boolean disconnected,
      Instant restrictedAt)
      implements PayoutAccountEvent {}

  /**
   * Stripe wants to know something that it did not ask for before.
   *
   * @param requirements Stripe's names of all that the organization has to enter
   * @param dueBy when the account is disabled without it; null when no time is set
   */
  record PayoutInformationRequired(
      UUID payoutAccountId,
      UUID organizationId,
      List<String> requirements,
      @Nullable Instant dueBy,
      Instant requiredAt)
      implements PayoutAccountEvent {}
}
