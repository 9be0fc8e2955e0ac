package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.events.EventMode;
import io.cpdevents.registration.registrations.RegistrationStatus.Trigger;
import io.cpdevents.registration.registrations.Settlement.Confirmed;
import io.cpdevents.registration.registrations.Settlement.RefundDue;
import io.cpdevents.registration.registrations.Settlement.SettledBefore;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RegistrationTest {

  private static final UUID ENTRY = Ids.next();
  private static final UUID REFUND = Ids.next();

  private static final Instant PLACED_AT = Instant.parse("2027-03-01T15:00:00Z");
  private static final Instant LATER = PLACED_AT.plusSeconds(600);
  private static final Money TOTAL = Money.of(12_550, "CAD");
  private static final UUID PAYMENT = Ids.next();
  private static final UUID OTHER_PAYMENT = Ids.next();

  @Test
  void a_history_names_every_trigger_that_changes_something() {
    Set<RegistrationStatus.Trigger> changing =
        EnumSet.complementOf(EnumSet.of(RegistrationStatus.Trigger.PAYMENT_REPEATED));
    assertThat(HistoryEntry.Trigger.values())
        .extracting(Enum::name)
        .filteredOn(name -> !name.equals("PLACED"))
        .containsExactlyInAnyOrderElementsOf(changing.stream().map(Enum::name).toList());
  }

  @Test
  void places_that_cost_something_are_held_for_half_an_hour() {
    Registration held = held();
    assertThat(held.status()).isEqualTo(RegistrationStatus.HELD);
    assertThat(held.holdExpiresAt()).isEqualTo(PLACED_AT.plusSeconds(1_800));
    assertThat(held.confirmedAt()).isNull();
  }

  @Test
  void places_that_are_free_are_confirmed_at_once() {
    Registration free = placed(Money.of(0, "CAD"));
    assertThat(free.status()).isEqualTo(RegistrationStatus.CONFIRMED);
    assertThat(free.holdExpiresAt()).isNull();
    assertThat(free.confirmedAt()).isEqualTo(PLACED_AT);
  }

  @Test
  void money_in_time_confirms() {
    Registration held = held();
    assertThat(held.needsPlacesFor(PAYMENT)).isFalse();
    Transition transition = confirmed(held.settle(PAYMENT, TOTAL, false, ENTRY, REFUND, LATER));
    assertThat(transition.from()).isEqualTo(RegistrationStatus.HELD);
    assertThat(transition.trigger()).isEqualTo(Trigger.PAYMENT_CAPTURED);
    assertThat(transition.paymentId()).isEqualTo(PAYMENT);
    assertThat(transition.registration().status()).isEqualTo(RegistrationStatus.CONFIRMED);
    assertThat(transition.registration().paymentId()).isEqualTo(PAYMENT);
    assertThat(transition.registration().confirmedAt()).isEqualTo(LATER);
    assertThat(transition.facts())
        .containsExactly(
            new RegistrationConfirmed(
                held.id(),
                held.accountId(),
                held.eventId(),
                held.organizationId(),
                PAYMENT,
                LATER));
  }

  @Test
  void late_money_confirms_when_the_places_could_be_taken_again() {
    Registration expired = expired();
    assertThat(expired.needsPlacesFor(PAYMENT)).isTrue();
    Registration confirmed =
        confirmed(expired.settle(PAYMENT, TOTAL, true, ENTRY, REFUND, LATER)).registration();
    assertThat(confirmed.status()).isEqualTo(RegistrationStatus.CONFIRMED);
    assertThat(confirmed.expiredAt()).isEqualTo(expired.expiredAt());
  }

  @Test
  void late_money_goes_back_when_no_place_is_left() {
    Registration expired = expired();
    RefundDue due = refundDue(expired.settle(PAYMENT, TOTAL, false, ENTRY, REFUND, LATER));
    assertAllGoesBack(due, expired, RefundCause.PAYMENT_TOO_LATE);
    assertThat(due.request().paymentId()).isEqualTo(PAYMENT);
  }

  @Test
  void a_payment_whose_refund_was_requested_changes_nothing_when_it_comes_again() {
    Registration refunded = expired().withRefundedPayments(Set.of(PAYMENT));
    assertThat(refunded.needsPlacesFor(PAYMENT)).isFalse();
    assertThat(refunded.settle(PAYMENT, TOTAL, false, ENTRY, REFUND, LATER))
        .isInstanceOf(SettledBefore.class);
  }

  @Test
  void the_payment_that_confirmed_changes_nothing_when_it_comes_again() {
    assertThat(confirmed().settle(PAYMENT, TOTAL, false, ENTRY, REFUND, LATER))
        .isInstanceOf(SettledBefore.class);
  }

  @Test
  void a_second_payment_for_confirmed_places_goes_back() {
    Registration confirmed = confirmed();
    assertThat(confirmed.needsPlacesFor(OTHER_PAYMENT)).isFalse();
    RefundDue due = refundDue(confirmed.settle(OTHER_PAYMENT, TOTAL, false, ENTRY, REFUND, LATER));
    assertAllGoesBack(due, confirmed, RefundCause.PAID_TWICE);
    assertThat(due.request().paymentId()).isEqualTo(OTHER_PAYMENT);
  }

  @Test
  void money_for_a_cancelled_registration_goes_back() {
    Registration cancelled = cancelled();
    assertThat(cancelled.needsPlacesFor(PAYMENT)).isFalse();
    RefundDue due = refundDue(cancelled.settle(PAYMENT, TOTAL, false, ENTRY, REFUND, LATER));
    assertAllGoesBack(due, cancelled, RefundCause.PAYMENT_TOO_LATE);
  }

  @Test
  void money_of_another_amount_or_currency_than_owed_is_never_settled() {
    for (Registration registration : List.of(held(), confirmed(), expired(), cancelled())) {
      for (Money wrong : List.of(Money.of(12_549, "CAD"), Money.of(12_550, "USD"))) {
        assertThatThrownBy(
                () -> registration.settle(OTHER_PAYMENT, wrong, false, ENTRY, REFUND, LATER))
            .isInstanceOf(IllegalStateException.class);
      }
    }
  }

  @Test
  void a_hold_that_is_not_paid_expires() {
    Registration held = held();
    Transition transition = held.expireHold(ENTRY, LATER).orElseThrow();
    assertThat(transition.from()).isEqualTo(RegistrationStatus.HELD);
    assertThat(transition.trigger()).isEqualTo(Trigger.HOLD_EXPIRED);
    assertThat(transition.paymentId()).isNull();
    assertThat(transition.registration().status()).isEqualTo(RegistrationStatus.EXPIRED);
    assertThat(transition.registration().expiredAt()).isEqualTo(LATER);
    assertThat(transition.facts())
        .containsExactly(
            new RegistrationExpired(
                held.id(), held.accountId(), held.eventId(), held.organizationId(), LATER));
  }

  @Test
  void the_end_of_the_hold_changes_nothing_when_the_registration_is_not_held_any_more() {
    for (Registration over : List.of(confirmed(), expired(), cancelled())) {
      assertThat(over.expireHold(ENTRY, LATER)).isEmpty();
    }
  }

  @Test
  void a_hold_refuses_a_payment_that_it_cannot_have_met_before() {
    Registration impossible = held().withRefundedPayments(Set.of(PAYMENT));
    assertThatThrownBy(() -> impossible.settle(PAYMENT, TOTAL, false, ENTRY, REFUND, LATER))
        .isInstanceOf(RuleViolation.class);
  }

  @Test
  void a_bank_that_takes_its_time_extends_the_hold_and_its_refusal_ends_the_extension() {
    Registration held = held();
    Transition extended = held.extendHold(ENTRY, PAYMENT, Duration.ofDays(5), LATER).orElseThrow();
    assertThat(extended.trigger()).isEqualTo(Trigger.PAYMENT_PROCESSING);
    assertThat(extended.paymentId()).isEqualTo(PAYMENT);
    assertThat(extended.facts()).isEmpty();
    assertThat(extended.registration().status()).isEqualTo(RegistrationStatus.HELD);
    assertThat(extended.registration().holdExpiresAt()).isEqualTo(LATER.plus(Duration.ofDays(5)));
    assertThat(extended.registration().holdExtendedFrom()).isEqualTo(held.holdExpiresAt());
    Instant refusedAt = LATER.plus(Duration.ofDays(2));
    Transition ended =
        extended.registration().endExtension(ENTRY, PAYMENT, refusedAt).orElseThrow();
    assertThat(ended.trigger()).isEqualTo(Trigger.PAYMENT_FAILED);
    assertThat(ended.facts()).hasSize(1);
    assertThat(ended.registration().holdExpiresAt())
        .isEqualTo(refusedAt.plus(Duration.ofMinutes(10)));
    assertThat(ended.registration().holdExtendedFrom()).isNull();
  }

  @Test
  void a_refusal_changes_nothing_when_the_hold_was_not_extended() {
    assertThat(held().endExtension(ENTRY, PAYMENT, LATER)).isEmpty();
  }

  @Test
  void a_bank_that_takes_its_time_changes_nothing_when_the_registration_is_not_held_any_more() {
    for (Registration over : List.of(confirmed(), expired(), cancelled())) {
      assertThat(over.extendHold(ENTRY, PAYMENT, Duration.ofDays(5), LATER)).isEmpty();
      assertThat(over.endExtension(ENTRY, PAYMENT, LATER)).isEmpty();
    }
  }

  private static void assertAllGoesBack(RefundDue due, Registration before, RefundCause cause) {
    assertThat(due.request().cause()).isEqualTo(cause);
    assertThat(due.request().registrationId()).isEqualTo(before.id());
    assertThat(due.request().lines()).isEmpty();
    assertThat(due.request().cappedAtRemaining()).isTrue();
    assertThat(due.transition().facts()).containsExactly(due.request());
    assertThat(due.transition().registration()).isEqualTo(before);
  }

  private static Transition confirmed(Settlement settlement) {
    return assertThat(settlement).asInstanceOf(type(Confirmed.class)).actual().transition();
  }

  private static RefundDue refundDue(Settlement settlement) {
    return assertThat(settlement).asInstanceOf(type(RefundDue.class)).actual();
  }

  private static Registration confirmed() {
    return confirmed(held().settle(PAYMENT, TOTAL, false, ENTRY, REFUND, LATER)).registration();
  }

  private static Registration expired() {
    return held().expireHold(ENTRY, PLACED_AT.plusSeconds(1_801)).orElseThrow().registration();
  }

  private static Registration cancelled() {
    return held().cancelled(RegistrationStatus.CANCELLED, LATER);
  }

  private static Registration held() {
    return placed(TOTAL);
  }

  private static Registration placed(Money total) {
    EventSummary event =
        new EventSummary(
            Ids.next(),
            Ids.next(),
            "Wound care",
            EventMode.ONLINE,
            PLACED_AT,
            PLACED_AT.plusSeconds(3_600),
            "America/Toronto",
            null);
    return Registration.placed(
        Ids.next(), Ids.next(), event, total, PLACED_AT, Duration.ofMinutes(30));
  }
}
