package io.cpdevents.payout.payoutaccounts;

import io.cpdevents.contracts.payout.PayoutAccountEvent;
import io.cpdevents.contracts.payout.PayoutAccountEvent.PayoutAccountReady;
import io.cpdevents.contracts.payout.PayoutAccountEvent.PayoutAccountRestricted;
import io.cpdevents.contracts.payout.PayoutAccountEvent.PayoutInformationRequired;
import io.cpdevents.payout.stripe.ConnectedAccount;
import io.cpdevents.payout.stripe.ConnectedAccount.Requirement;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The account at Stripe through which an organization is paid. It is saved before Stripe is asked
 * for it, so that a repeat is the same request. Pure: it decides, and its repository saves what it
 * answers.
 *
 * @param country ISO 3166-1 alpha-2; Stripe never changes it
 * @param requestedAt system time: Stripe's memory of idempotency keys is no matter of business time
 * @param stripeId null until Stripe has answered
 */
record PayoutAccount(
    UUID id,
    UUID organizationId,
    String country,
    Instant requestedAt,
    PayoutAccountStatus status,
    @Nullable String stripeId,
    Standing standing) {

  /** What Stripe has told last. */
  record Standing(
      List<Requirement> requirements, @Nullable String disabledReason, List<String> currencies) {

    private static final Standing UNKNOWN = new Standing(List.of(), null, List.of());

    private static Standing of(ConnectedAccount account) {
      return new Standing(account.requirements(), account.disabledReason(), account.currencies());
    }

    private List<String> dueFields() {
      return requirements.stream()
          .filter(Requirement::mustBeEntered)
          .map(Requirement::field)
          .toList();
    }

    private @Nullable Instant firstDeadline() {
      return requirements.stream()
          .filter(Requirement::mustBeEntered)
          .map(Requirement::dueBy)
          .filter(Objects::nonNull)
          .min(Comparator.naturalOrder())
          .orElse(null);
    }
  }

  /** The account after Stripe's answer, and the event to publish about the change, if any. */
  record Learned(PayoutAccount account, Optional<PayoutAccountEvent> told) {}

  /** Stripe forgets keys after 24 hours; an hour is left for requests that are under way. */
  private static final Duration MAX_KEY_TIME = Duration.ofHours(23);

  /** An account that is about to be made. */
  static PayoutAccount requested(UUID id, UUID organizationId, String country, Instant systemNow) {
    return new PayoutAccount(
        id,
        organizationId,
        country,
        systemNow,
        PayoutAccountStatus.REQUESTED,
        null,
        Standing.UNKNOWN);
  }

  /** Whether the organization can be paid in this currency. */
  boolean isReadyFor(Currency currency) {
    return isReady() && standing.currencies().contains(currency.getCurrencyCode());
  }

  private boolean isReady() {
    return status == PayoutAccountStatus.READY;
  }

  /** The idempotency key under which it is made. */
  String idempotencyKey() {
    return "payout-account:%s:1".formatted(id);
  }

  /** Whether the request may be repeated; if not, Stripe is asked what became of it. */
  boolean isKeyRemembered(Instant systemNow) {
    return systemNow.isBefore(requestedAt.plus(MAX_KEY_TIME));
  }

  /** Stripe has told about the account. */
  Learned found(ConnectedAccount told, Instant now) {
    return switch (PayoutAccountStatus.TRANSITIONS.next(status, PayoutAccountTrigger.of(told))) {
      case Changed<PayoutAccountStatus>(PayoutAccountStatus to, _) -> {
        PayoutAccount after = with(to, told);
        yield new Learned(after, after.readiness(this, now).or(() -> after.demands(this, now)));
      }
      case Ignored<PayoutAccountStatus> _ -> new Learned(this, Optional.empty());
    };
  }

  /** The owner has ended the connection. */
  Learned disconnected(Instant now) {
    return switch (PayoutAccountStatus.TRANSITIONS.next(
        status, PayoutAccountTrigger.DISCONNECTED)) {
      case Changed<PayoutAccountStatus>(PayoutAccountStatus to, _) -> {
        PayoutAccount after =
            new PayoutAccount(
                id, organizationId, country, requestedAt, to, stripeId, Standing.UNKNOWN);
        yield new Learned(after, after.readiness(this, now));
      }
      case Ignored<PayoutAccountStatus> _ -> new Learned(this, Optional.empty());
    };
  }

  private PayoutAccount with(PayoutAccountStatus newStatus, ConnectedAccount told) {
    return new PayoutAccount(
        id, organizationId, country, requestedAt, newStatus, told.id(), Standing.of(told));
  }

  /** It has become ready, or stopped being ready. */
  private Optional<PayoutAccountEvent> readiness(PayoutAccount before, Instant now) {
    if (isReady() && !before.isReady()) {
      return Optional.of(new PayoutAccountReady(id, organizationId, standing.currencies(), now));
    }
    if (before.isReady() && !isReady()) {
      return Optional.of(
          new PayoutAccountRestricted(
              id,
              organizationId,
              standing.disabledReason(),
              standing.dueFields(),
              status == PayoutAccountStatus.DISCONNECTED,
              now));
    }
    return Optional.empty();
  }

  /** Stripe wants something new. Who fills in the form for the first time sees it there. */
  private Optional<PayoutAccountEvent> demands(PayoutAccount before, Instant now) {
    if (!status.hasBeenOnboarded()) {
      return Optional.empty();
    }
    Set<String> added = new HashSet<>(standing.dueFields());
    if (before.status.hasBeenOnboarded()) {
      before.standing.dueFields().forEach(added::remove);
    }
    return added.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PayoutInformationRequired(
                id, organizationId, standing.dueFields(), standing.firstDeadline(), now));
  }
}
