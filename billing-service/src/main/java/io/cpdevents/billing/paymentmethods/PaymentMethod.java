package io.cpdevents.billing.paymentmethods;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A card that an organization has saved at Stripe. Pure.
 *
 * @param id Stripe's
 * @param expires the last month in which it is valid
 */
record PaymentMethod(String id, String brand, String last4, YearMonth expires, Instant attachedAt) {

  /** How long before its end a card counts as expiring. */
  private static final Duration EXPIRING_TIME = Duration.ofDays(30);

  /** How many days before its end people are told that it ends. */
  private static final List<Integer> NOTICE_DAYS = List.of(30, 7, 1);

  /** The time from which on it is not valid any more; the banks' time zone is not known. */
  Instant end() {
    return expires.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  boolean isExpired(Instant now) {
    return !now.isBefore(end());
  }

  /** When something is to be done next because it ends; empty after its end. */
  Optional<Instant> nextNotice(Instant now) {
    return Stream.concat(NOTICE_DAYS.stream().map(this::before), Stream.of(end()))
        .filter(now::isBefore)
        .findFirst();
  }

  /** How many days before its end people are told now: when several notices are due, the last. */
  Optional<Integer> daysBefore(Instant now) {
    return isExpired(now)
        ? Optional.empty()
        : NOTICE_DAYS.reversed().stream().filter(days -> !now.isBefore(before(days))).findFirst();
  }

  private Instant before(int days) {
    return end().minus(Duration.ofDays(days));
  }

  PaymentMethodView.Status status(Instant now) {
    if (isExpired(now)) {
      return PaymentMethodView.Status.EXPIRED;
    }
    return now.isBefore(end().minus(EXPIRING_TIME))
        ? PaymentMethodView.Status.VALID
        : PaymentMethodView.Status.EXPIRING;
  }

  /**
   * Which cards are to pay.
   *
   * @param known the one that has paid, as far as we know; null for none
   * @param ofCustomer the one of the customer at Stripe; null for none
   * @param ofSubscriptions those of its subscriptions that have one of their own
   */
  record Defaults(
      @Nullable String known, @Nullable String ofCustomer, List<String> ofSubscriptions) {

    /**
     * The one that somebody has chosen last: what is another at Stripe than we know was set there,
     * for the customer or for a subscription alone.
     */
    @Nullable String chosen(Predicate<String> isValid) {
      if (!Objects.equals(ofCustomer, known)) {
        return ofCustomer;
      }
      return ofSubscriptions.stream()
          .filter(id -> !id.equals(known))
          .filter(isValid)
          .findFirst()
          .orElse(ofCustomer);
    }
  }

  /**
   * The card that has to pay invoices: the one that was chosen, as long as it is there and valid;
   * otherwise the valid one that was saved last. When none is valid, it stays as it is, since a
   * bank may renew a card without being asked.
   *
   * @return empty when there is no card
   */
  static Optional<PaymentMethod> defaultOf(
      List<PaymentMethod> methods, Defaults defaults, Instant now) {
    String chosen =
        defaults.chosen(id ->
            methods.stream().anyMatch(method -> method.id().equals(id) && !method.isExpired(now)));
    Optional<PaymentMethod> known =
        methods.stream().filter(method -> method.id().equals(chosen)).findFirst();
    if (known.isPresent() && !known.get().isExpired(now)) {
      return known;
    }
    Comparator<PaymentMethod> age =
        Comparator.comparing(PaymentMethod::attachedAt).thenComparing(PaymentMethod::id);
    return methods.stream()
        .filter(method -> !method.isExpired(now))
        .max(age)
        .or(() -> known)
        .or(() -> methods.stream().max(age));
  }
}
