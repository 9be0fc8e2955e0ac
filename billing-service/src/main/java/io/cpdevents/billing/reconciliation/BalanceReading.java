package io.cpdevents.billing.reconciliation;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Stripe said that it has for us in one currency, against what the ledger says that it had
 * then. Transactions never stop coming, so the two are never asked at one moment: what we knew
 * before we asked was in the answer, and what Stripe has created after it was not. Of the few
 * between nobody knows. If some of them explain the answer, it matches.
 *
 * @param stripeMinor Stripe's answer
 * @param certainMinor what the ledger has by transactions that were in it, with those that are not
 *     booked yet
 * @param uncertainMinor what each of those moved that may have been in it
 */
record BalanceReading(long stripeMinor, long certainMinor, List<Long> uncertainMinor) {

  /** Of so many, every sum can be tried; of more, some sum would explain nearly every answer. */
  static final int MAX_UNCERTAIN = 16;

  /** Copies the list. */
  BalanceReading {
    uncertainMinor = List.copyOf(uncertainMinor);
  }

  /**
   * By how much Stripe has more: zero when some of the uncertain ones explain the answer, else the
   * least that they leave; empty when there are too many of them to tell.
   */
  OptionalLong differenceMinor() {
    if (uncertainMinor.size() > MAX_UNCERTAIN) {
      return OptionalLong.empty();
    }
    Set<Long> possible = new HashSet<>(Set.of(certainMinor));
    for (long moved : uncertainMinor) {
      possible.addAll(
          possible.stream().map(sum -> Math.addExact(sum, moved)).collect(Collectors.toSet()));
    }
    return OptionalLong.of(
        possible.stream()
            .map(ledger -> Math.subtractExact(stripeMinor, ledger))
            .min(Comparator.comparingLong(Math::absExact))
            .orElseThrow());
  }
}
