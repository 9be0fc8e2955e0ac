package io.cpdevents.payout.payoutaccounts;

import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.payout.stripe.PayoutAccounts;
import io.cpdevents.payout.stripe.PayoutAccounts.OnboardingLink;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.http.WebUrl;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import io.cpdevents.platform.time.SystemTime;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The owner of an organization gets a link to Stripe's page, where the organization enters what it
 * needs to be paid. However often it is asked for, the organization has one account.
 */
@Component
public class StartOnboarding {

  /**
   * Who wants to be paid.
   *
   * @param returnUrl where Stripe's page leads to
   * @param country ISO 3166-1 alpha-2; null: the account's, or the first of the allowed ones
   */
  public record Command(UUID organizationId, String returnUrl, @Nullable String country) {}

  /** How long whoever asked has before it is finished for them. */
  private static final Duration MIN_TIME_BEFORE_CHECK = Duration.ofMinutes(1);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final StoredPayoutAccounts accounts;
  private final OpenPayoutAccount openPayoutAccount;
  private final PayoutAccounts stripe;
  private final PayoutCountries countries;
  private final WebUrl webUrl;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final SystemTime systemTime;

  StartOnboarding(
      StoredPayoutAccounts accounts,
      OpenPayoutAccount openPayoutAccount,
      PayoutAccounts stripe,
      PayoutCountries countries,
      WebUrl webUrl,
      AuditTrail audit,
      TransactionTemplate transaction,
      Clock clock,
      SystemTime systemTime) {
    this.accounts = accounts;
    this.openPayoutAccount = openPayoutAccount;
    this.stripe = stripe;
    this.countries = countries;
    this.webUrl = webUrl;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
    this.systemTime = systemTime;
  }

  /**
   * Answers with a link that works once and for a few minutes.
   *
   * @throws RuleViolation 404 {@code organization-not-found}, 403 {@code role-missing}, 400 {@code
   *     invalid-request}, 409 {@code country-fixed} or {@code payout-account-refused}, 503 {@code
   *     stripe-unavailable}
   */
  public OnboardingLink handle(Command command, Caller caller) {
    caller.requireRole(command.organizationId());
    PayoutAccount account =
        Objects.requireNonNull(transaction.execute(_ -> findOrRequest(command)));
    try {
      String stripeId = account.stripeId();
      return stripe.onboardingLink(
          stripeId == null
              ? Objects.requireNonNull(openPayoutAccount.handle(account).stripeId())
              : stripeId,
          command.returnUrl(),
          refreshUrl(command.organizationId()));
    } catch (StripeRefused refused) {
      throw PayoutProblem.PAYOUT_ACCOUNT_REFUSED.violation(
          "Stripe does not make this account: " + refused.code() + ".");
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    }
  }

  private PayoutAccount findOrRequest(Command command) {
    PayoutAccount wanted =
        PayoutAccount.requested(
            Ids.next(),
            command.organizationId(),
            countries.chosen(command.country()),
            systemTime.now());
    if (accounts.insert(wanted, clock.instant().plus(MIN_TIME_BEFORE_CHECK))) {
      audit.record(
          "payout-account.requested",
          "payout-account",
          wanted.id().toString(),
          wanted.organizationId(),
          new Change(Map.of(), Map.of("country", wanted.country())));
      return wanted;
    }
    PayoutAccount account = accounts.find(command.organizationId()).orElseThrow();
    if (command.country() != null && !account.country().equals(command.country())) {
      throw PayoutProblem.COUNTRY_FIXED.violation();
    }
    return account;
  }

  /** There the organization asks for another link. */
  private URI refreshUrl(UUID organizationId) {
    return webUrl.at("/organizations/" + organizationId + "/payout-account");
  }
}
