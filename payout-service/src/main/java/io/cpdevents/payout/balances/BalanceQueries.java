package io.cpdevents.payout.balances;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The read side of balances. */
@Component
public class BalanceQueries {

  private final Balances balances;
  private final PayoutSettings settings;
  private final Clock clock;

  BalanceQueries(Balances balances, PayoutSettings settings, Clock clock) {
    this.balances = balances;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * An organization's balances as of now, one for each currency that it ever had an entry in,
   * ordered by currency.
   */
  public List<Balance> balancesOf(UUID organizationId) {
    return balances.of(organizationId, settings.releaseTime(), clock.instant());
  }

  /**
   * What is released of what an organization has in a currency, as if it had never been paid:
   * whoever pays it knows better what it has been promised than the ledger's entries, which come
   * later.
   */
  public Money releasedBeforePayouts(UUID organizationId, Currency currency) {
    return balances.releasedBeforePayouts(
        organizationId, currency, clock.instant().minus(settings.releaseTime()));
  }

  /**
   * What an organization's balance is made of, newest first.
   *
   * @param currency null: in all currencies
   */
  public Page<EntryView> entriesOf(
      UUID organizationId, @Nullable Currency currency, PageRequest request) {
    Instant now = clock.instant();
    return Page.of(
            balances.entriesOf(organizationId, currency, request),
            request,
            row -> new Cursor(row.entry().occurredAt(), row.entry().id()))
        .map(row -> view(row, now));
  }

  private EntryView view(Balances.EntryWithRelease row, Instant now) {
    Instant end = row.latestEndsAt();
    return EntryView.of(row.entry(), end == null ? null : end.plus(settings.releaseTime()), now);
  }
}
