package io.cpdevents.payout.stripe;

import com.stripe.StripeClient;
import com.stripe.model.Account;
import com.stripe.model.AccountLink;
import com.stripe.model.BankAccount;
import com.stripe.model.Card;
import com.stripe.model.ExternalAccount;
import com.stripe.model.StripeCollection;
import com.stripe.net.RequestOptions;
import com.stripe.param.AccountCreateParams;
import com.stripe.param.AccountLinkCreateParams;
import com.stripe.param.AccountListParams;
import io.cpdevents.payout.stripe.ConnectedAccount.Requirement;
import io.cpdevents.platform.stripe.StripeCalls;
import io.cpdevents.platform.stripe.StripePlatform;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Accounts of Stripe's API version 1, described by their controller properties. */
@Component
class StripePayoutAccounts implements PayoutAccounts {

  private static final String PAYOUT_ACCOUNT_ID = "payoutAccountId";
  private static final String ORGANIZATION_ID = "organizationId";
  private static final String ACTIVE = "active";

  private static final long MAX_PAGE_ROWS = 100;

  private final StripeClient client;
  private final StripeCalls calls;
  private final StripePlatform platform;

  StripePayoutAccounts(StripeClient client, StripeCalls calls, StripePlatform platform) {
    this.client = client;
    this.calls = calls;
    this.platform = platform;
  }

  /**
   * The platform pays Stripe's fees and bears losses, because it is the merchant; Stripe collects
   * what it has to know about the organization. Payouts are manual: each is one of ours.
   */
  @Override
  public ConnectedAccount create(NewAccount account) {
    AccountCreateParams params =
        AccountCreateParams.builder()
            .setCountry(account.country())
            .setController(
                AccountCreateParams.Controller.builder()
                    .setFees(
                        AccountCreateParams.Controller.Fees.builder()
                            .setPayer(AccountCreateParams.Controller.Fees.Payer.APPLICATION)
                            .build())
                    .setLosses(
                        AccountCreateParams.Controller.Losses.builder()
                            .setPayments(AccountCreateParams.Controller.Losses.Payments.APPLICATION)
                            .build())
                    .setRequirementCollection(
                        AccountCreateParams.Controller.RequirementCollection.STRIPE)
                    .setStripeDashboard(
                        AccountCreateParams.Controller.StripeDashboard.builder()
                            .setType(AccountCreateParams.Controller.StripeDashboard.Type.EXPRESS)
                            .build())
                    .build())
            .setCapabilities(
                AccountCreateParams.Capabilities.builder()
                    .setTransfers(
                        AccountCreateParams.Capabilities.Transfers.builder()
                            .setRequested(true)
                            .build())
                    .build())
            .setSettings(
                AccountCreateParams.Settings.builder()
                    .setPayouts(
                        AccountCreateParams.Settings.Payouts.builder()
                            .setSchedule(
                                AccountCreateParams.Settings.Payouts.Schedule.builder()
                                    .setInterval(
                                        AccountCreateParams.Settings.Payouts.Schedule.Interval
                                            .MANUAL)
                                    .build())
                            .build())
                    .build())
            .putMetadata(PAYOUT_ACCOUNT_ID, account.payoutAccountId().toString())
            .putMetadata(ORGANIZATION_ID, account.organizationId().toString())
            .build();
    RequestOptions key =
        RequestOptions.builder().setIdempotencyKey(account.idempotencyKey()).build();
    return connected(
        calls.make("create account", () -> client.v1().accounts().create(params, key)));
  }

  @Override
  public Optional<ConnectedAccount> find(UUID payoutAccountId, Instant createdFrom) {
    String after = null;
    while (true) {
      StripeCollection<Account> page = page(createdFrom, after);
      List<Account> accounts = page.getData();
      for (Account account : accounts) {
        Map<String, String> metadata = account.getMetadata();
        if (metadata != null
            && payoutAccountId.toString().equals(metadata.get(PAYOUT_ACCOUNT_ID))) {
          return Optional.of(connected(account));
        }
      }
      if (accounts.isEmpty() || !Boolean.TRUE.equals(page.getHasMore())) {
        return Optional.empty();
      }
      after = accounts.getLast().getId();
    }
  }

  private StripeCollection<Account> page(Instant createdFrom, @Nullable String after) {
    AccountListParams.Builder params =
        AccountListParams.builder()
            .setLimit(MAX_PAGE_ROWS)
            .setCreated(
                AccountListParams.Created.builder().setGte(createdFrom.getEpochSecond()).build());
    if (after != null) {
      params.setStartingAfter(after);
    }
    return calls.make("list accounts", () -> client.v1().accounts().list(params.build()));
  }

  @Override
  public Optional<ConnectedAccount> get(String stripeId) {
    try {
      Account found = calls.make("get account", () -> client.v1().accounts().retrieve(stripeId));
      // To the key of another platform it would not have answered.
      platform.learn();
      return Optional.of(connected(found));
    } catch (StripeUnavailable unavailable) {
      if (platform.isDisconnected(unavailable)) {
        return Optional.empty();
      }
      throw unavailable;
    }
  }

  @Override
  public OnboardingLink onboardingLink(String stripeId, String returnUrl, URI refreshUrl) {
    AccountLinkCreateParams params =
        AccountLinkCreateParams.builder()
            .setAccount(stripeId)
            .setType(AccountLinkCreateParams.Type.ACCOUNT_ONBOARDING)
            .setReturnUrl(returnUrl)
            .setRefreshUrl(refreshUrl.toString())
            .build();
    AccountLink link =
        calls.make("create account link", () -> client.v1().accountLinks().create(params));
    return new OnboardingLink(link.getUrl(), Instant.ofEpochSecond(link.getExpiresAt()));
  }

  private static ConnectedAccount connected(Account account) {
    Account.Requirements requirements = account.getRequirements();
    Account.Capabilities capabilities = account.getCapabilities();
    return new ConnectedAccount(
        account.getId(),
        Boolean.TRUE.equals(account.getDetailsSubmitted()),
        capabilities != null && ACTIVE.equals(capabilities.getTransfers()),
        Boolean.TRUE.equals(account.getPayoutsEnabled()),
        requirements == null ? null : requirements.getDisabledReason(),
        requirements == null ? List.of() : requirements(requirements),
        currencies(account));
  }

  private static List<Requirement> requirements(Account.Requirements told) {
    Map<String, String> problems =
        orEmpty(told.getErrors()).stream()
            .collect(
                Collectors.toMap(
                    Account.Requirements.Errors::getRequirement,
                    Account.Requirements.Errors::getReason,
                    (first, _) -> first));
    Set<String> pastDue = new HashSet<>(orEmpty(told.getPastDue()));
    Long deadline = told.getCurrentDeadline();
    Instant dueBy = deadline == null ? null : Instant.ofEpochSecond(deadline);
    List<Requirement> requirements = new ArrayList<>();
    for (String field : orEmpty(told.getCurrentlyDue())) {
      boolean isPastDue = pastDue.contains(field);
      requirements.add(
          new Requirement(
              field,
              isPastDue ? Requirement.State.PAST_DUE : Requirement.State.DUE,
              isPastDue ? null : dueBy,
              problems.get(field)));
    }
    for (String field : orEmpty(told.getPendingVerification())) {
      requirements.add(new Requirement(field, Requirement.State.PENDING_VERIFICATION, null, null));
    }
    return requirements;
  }

  private static List<String> currencies(Account account) {
    return account.getExternalAccounts() == null
        ? List.of()
        : account.getExternalAccounts().getData().stream()
            .map(StripePayoutAccounts::currency)
            .flatMap(Optional::stream)
            .distinct()
            .sorted()
            .toList();
  }

  private static Optional<String> currency(ExternalAccount external) {
    return Optional.ofNullable(
            switch (external) {
              case BankAccount bank -> bank.getCurrency();
              case Card card -> card.getCurrency();
              default -> null;
            })
        .map(currency -> currency.toUpperCase(Locale.ROOT));
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
