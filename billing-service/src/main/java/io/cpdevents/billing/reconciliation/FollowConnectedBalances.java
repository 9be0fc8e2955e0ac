package io.cpdevents.billing.reconciliation;

import io.cpdevents.billing.ledger.AlignBreaks;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.reconciliation.ConnectedAccounts.ConnectedAccount;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.stripe.StripePlatform;
import io.cpdevents.platform.stripe.StripeUnavailable;
import io.cpdevents.platform.time.SystemTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The balances of organizations' own accounts at Stripe are followed as the platform's is: what has
 * moved one of them is matched with its journal, and what each has with the ledger's account {@code
 * connected}. Nothing is posted: what these accounts do is payout-service's to tell.
 */
@Component
public class FollowConnectedBalances {

  private static final Logger log = LoggerFactory.getLogger(FollowConnectedBalances.class);

  /** Stripe lists by creation time, and a transaction may appear later than younger ones. */
  private static final Duration OVERLAP_TIME = Duration.ofDays(2);

  /** Everything of an account is read again after this time. */
  private static final Duration WHOLE_INTERVAL = Duration.ofDays(1);

  /** Payouts are told within seconds, and what was told is told again after a crash. */
  private static final Duration ON_THE_WAY_TIME = Duration.ofMinutes(30);

  private static final int MAX_BATCH_ORGANIZATIONS = 100;
  private static final UUID FIRST = new UUID(0, 0);

  private final StripeApi stripe;
  private final StripePlatform platform;
  private final PassOverBalance passOverBalance;
  private final BalanceProgress progress;
  private final ConnectedAccounts accounts;
  private final AlignBreaks alignBreaks;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final SystemTime systemTime;

  FollowConnectedBalances(
      StripeApi stripe,
      StripePlatform platform,
      PassOverBalance passOverBalance,
      BalanceProgress progress,
      ConnectedAccounts accounts,
      AlignBreaks alignBreaks,
      TransactionTemplate transaction,
      Clock clock,
      SystemTime systemTime) {
    this.stripe = stripe;
    this.platform = platform;
    this.passOverBalance = passOverBalance;
    this.progress = progress;
    this.accounts = accounts;
    this.alignBreaks = alignBreaks;
    this.transaction = transaction;
    this.clock = clock;
    this.systemTime = systemTime;
  }

  /**
   * Follows all of them, in batches of organizations, and matches what was read. While Stripe is
   * away nothing more is read: the next run goes on with each account where it stopped.
   */
  public void handle() {
    platform.learn();
    try {
      UUID last = FIRST;
      List<ConnectedAccount> batch = accounts.after(last, MAX_BATCH_ORGANIZATIONS);
      while (!batch.isEmpty()) {
        batch.stream()
            .collect(Collectors.groupingBy(ConnectedAccount::organizationId))
            .forEach(this::follow);
        last = batch.getLast().organizationId();
        batch = accounts.after(last, MAX_BATCH_ORGANIZATIONS);
      }
    } catch (StripeUnavailable interrupted) {
      log.warn("Connected balances cannot be followed now: {}", interrupted.getMessage());
    }
    Instant settled = systemTime.now().minus(ON_THE_WAY_TIME);
    transaction.executeWithoutResult(_ -> {
      alignBreaks.handle(BreakKind.CONNECTED_NOT_MATCHED, accounts.notMatched(settled));
      alignBreaks.handle(BreakKind.CONNECTED_BALANCE_DIFFERS, accounts.differingSince(settled));
    });
  }

  /** Of accounts that are not connected any more Stripe says nothing: neither side counts them. */
  private void follow(UUID organizationId, List<ConnectedAccount> ofOrganization) {
    List<Money> atStripe = new ArrayList<>();
    for (ConnectedAccount account : ofOrganization) {
      read(account).ifPresent(atStripe::addAll);
    }
    compare(organizationId, atStripe);
  }

  /** Returns its balance; empty when it is not connected any more. */
  private Optional<List<Money>> read(ConnectedAccount account) {
    try {
      passOverBalance.go(
          course(account.id()),
          window -> {
            accounts.mirror(account.id(), window.listed(), systemTime.now());
            return null;
          });
      List<Money> balance = stripe.balance(account.id()).amounts();
      accounts.keepConnection(account.id(), true, clock.instant());
      return Optional.of(balance);
    } catch (StripeUnavailable unavailable) {
      if (!platform.isDisconnected(unavailable)) {
        throw unavailable;
      }
      accounts.keepConnection(account.id(), false, clock.instant());
      return Optional.empty();
    }
  }

  private PassOverBalance.Course course(String account) {
    PassOverBalance.Course whole = new PassOverBalance.Course(account + "-whole", account, null);
    Instant yesterday = clock.instant().minus(WHOLE_INTERVAL);
    boolean isWholeDue =
        progress.followedUntil(account).isPresent()
            && progress.followedUntil(whole.list()).filter(yesterday::isBefore).isEmpty();
    return isWholeDue ? whole : new PassOverBalance.Course(account, account, OVERLAP_TIME);
  }

  private void compare(UUID organizationId, List<Money> atStripe) {
    Map<String, Money> stripes = sums(atStripe);
    Map<String, Money> ledgers = sums(accounts.ledgersBalance(organizationId));
    ledgers
        .values()
        .forEach(money -> stripes.putIfAbsent(code(money), Money.zero(money.currency())));
    stripes.forEach((code, money) ->
        accounts.keep(
            organizationId,
            new ConnectedAccounts.Comparison(
                money, ledgers.getOrDefault(code, Money.zero(money.currency()))),
            clock.instant(),
            systemTime.now()));
  }

  private static Map<String, Money> sums(List<Money> amounts) {
    return amounts.stream()
        .collect(
            Collectors.toMap(
                FollowConnectedBalances::code, money -> money, Money::plus, TreeMap::new));
  }

  private static String code(Money money) {
    return money.currency().getCurrencyCode();
  }
}
