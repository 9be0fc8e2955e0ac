package io.cpdevents.billing.reconciliation;

import io.cpdevents.platform.money.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A day (UTC) of Stripe's balance against the ledger.
 *
 * @param waitsFor what keeps it open; null when it is closed
 * @param hash the SHA-256 of its lines as they are downloaded; null while it is open
 */
public record ReconciliationView(
    LocalDate date,
    ReconciliationStatus status,
    @Nullable WaitsFor waitsFor,
    List<CurrencyView> currencies,
    @Nullable String hash,
    @Nullable Instant closedAt) {

  /**
   * A day in one currency.
   *
   * @param stripe what Stripe has at the end of the day, by its balance transactions
   * @param ledger what the ledger's account {@code stripe} has
   * @param transactions balance transactions that belong to the day, those that came late included
   * @param openBreaks those that keep the day open
   */
  @Schema(name = "ReconciledCurrency")
  public record CurrencyView(
      Currency currency,
      Money stripe,
      Money ledger,
      Money difference,
      long transactions,
      long openBreaks) {

    static CurrencyView of(DayFigures figures) {
      String currency = figures.currency();
      return new CurrencyView(
          Currency.getInstance(currency),
          Money.of(figures.stripeMinor(), currency),
          Money.of(figures.ledgerMinor(), currency),
          Money.of(figures.differenceMinor(), currency),
          figures.transactions(),
          figures.openBreaks());
    }
  }
}
