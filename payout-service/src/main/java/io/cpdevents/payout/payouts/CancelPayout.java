package io.cpdevents.payout.payouts;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutCancelled;
import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.payout.payouts.Payout.Step;
import io.cpdevents.payout.stripe.ConnectedMoney;
import io.cpdevents.payout.stripe.ConnectedMoney.BankPayout;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Owner or finance of an organization calls off a payout: before its next step is sent to Stripe,
 * or at Stripe as long as that has not submitted it to the bank. What was transferred stays on the
 * organization's account, and the next payout uses it first. Platform finance calls off what does
 * not go on by itself: a payout that waits for somebody, or that it holds.
 */
@Component
public class CancelPayout {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final PayoutQueries queries;
  private final AdvancePayout advance;
  private final ConnectedMoney stripe;
  private final AuditTrail audit;
  private final Clock clock;

  CancelPayout(
      PayoutQueries queries,
      AdvancePayout advance,
      ConnectedMoney stripe,
      AuditTrail audit,
      Clock clock) {
    this.queries = queries;
    this.advance = advance;
    this.stripe = stripe;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Calls it off; again is the same.
   *
   * @throws RuleViolation {@code payout-not-found}, {@code role-missing}, {@code payout-held},
   *     {@code not-waiting}, {@code too-late-to-cancel} or {@code stripe-unavailable}
   */
  public PayoutView handle(UUID payoutId, Caller caller) {
    boolean byPlatform =
        caller.has(PlatformRole.PLATFORM_FINANCE)
            && !caller.hasRole(queries.find(payoutId).organizationId(), OrganizationRole.FINANCE);
    if (!byPlatform) {
      queries.requireMember(payoutId, caller);
    }
    return byPlatform
        ? PayoutView.forFinance(step(payoutId, this::callOffStanding), queries.holdNotes(payoutId))
        : callOffByOrganization(payoutId);
  }

  /** Only what stands still, so that it is not finance who decides when organizations are paid. */
  private Step callOffStanding(Payout current) {
    return switch (current.callOff()) {
      case HERE -> {
        if (!current.isHeld() && current.outcome().waitsFor() == null) {
          throw PayoutProblem.NOT_WAITING.violation();
        }
        yield current.cancelled(null, clock.instant());
      }
      case DONE -> new Step(current, Optional.empty());
      case AT_STRIPE, TOO_LATE -> throw PayoutProblem.TOO_LATE_TO_CANCEL.violation();
    };
  }

  private PayoutView callOffByOrganization(UUID payoutId) {
    Payout payout = step(payoutId, this::callOff);
    Payout calledOff =
        switch (payout.callOff()) {
          case AT_STRIPE -> callOffAtStripe(payout);
          case HERE, TOO_LATE, DONE -> payout;
        };
    return switch (calledOff.callOff()) {
      case DONE -> PayoutView.of(calledOff);
      case HERE, AT_STRIPE, TOO_LATE -> throw PayoutProblem.TOO_LATE_TO_CANCEL.violation();
    };
  }

  private Step callOff(Payout current) {
    if (current.isHeld()) {
      throw PayoutProblem.PAYOUT_HELD.violation();
    }
    return switch (current.callOff()) {
      case HERE -> current.cancelled(null, clock.instant());
      case AT_STRIPE, TOO_LATE, DONE -> new Step(current, Optional.empty());
    };
  }

  private Payout callOffAtStripe(Payout payout) {
    String bankPayoutId = Objects.requireNonNull(payout.route().bank().stripeId());
    BankPayout told;
    try {
      told = canceled(payout, bankPayoutId);
    } catch (StripeRefused disconnected) {
      throw PayoutProblem.TOO_LATE_TO_CANCEL.violation();
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    }
    return step(payout.id(), current -> current.found(told, clock.instant()));
  }

  /** A payout that Stripe does not cancel may have been canceled before: how it stands decides. */
  private BankPayout canceled(Payout payout, String bankPayoutId) {
    try {
      return stripe.cancelPayOut(
          payout.accountId(), bankPayoutId, "payout-cancellation:" + payout.id());
    } catch (StripeRefused refused) {
      return stripe.bankPayout(payout.accountId(), bankPayoutId);
    }
  }

  /** Who has called it off is recorded with the step that does so. */
  private Payout step(UUID id, Function<Payout, Step> decide) {
    return advance.handle(
        id,
        current -> {
          Step step = decide.apply(current);
          if (step.told().filter(PayoutCancelled.class::isInstance).isPresent()) {
            audit.record(
                "payout.cancelled",
                "payout",
                id.toString(),
                current.organizationId(),
                new Change(
                    Map.of("status", ContractsJson.kebabCase(current.status())),
                    Map.of("status", ContractsJson.kebabCase(step.payout().status()))));
          }
          return step;
        });
  }
}
