package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.registrations.Registration.Settlement;
import io.cpdevents.registration.registrations.RegistrationStatus.Trigger;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistrationTest {

  private static final Money TOTAL = Money.of(12_550, "CAD");
  private static final UUID PAYMENT = Ids.next();
  private static final UUID OTHER_PAYMENT = Ids.next();

  @Test
  void money_in_time_confirms() {
    Registration held = registration(RegistrationStatus.HELD);
    Trigger trigger = held.triggerOf(PAYMENT, TOTAL);
    assertThat(held.needsPlacesFor(trigger)).isFalse();
    assertThat(held.onPayment(trigger, false)).isEqualTo(Settlement.CONFIRMED);
  }

  @Test
  void late_money_confirms_when_places_could_be_taken_again() {
    Registration expired = registration(RegistrationStatus.EXPIRED);
    Trigger trigger = expired.triggerOf(PAYMENT, TOTAL);
    assertThat(expired.needsPlacesFor(trigger)).isTrue();
    assertThat(expired.onPayment(trigger, true)).isEqualTo(Settlement.CONFIRMED);
  }

  @Test
  void late_money_goes_back_when_no_place_is_left() {
    Registration expired = registration(RegistrationStatus.EXPIRED);
    Trigger trigger = expired.triggerOf(PAYMENT, TOTAL);
    assertThat(expired.onPayment(trigger, false)).isEqualTo(Settlement.REFUND_DUE);
  }

  @Test
  void late_money_that_is_going_back_is_not_looked_at_again() {
    Registration refunded = registration(RegistrationStatus.EXPIRED).withRefunded(Set.of(PAYMENT));
    Trigger trigger = refunded.triggerOf(PAYMENT, TOTAL);
    assertThat(trigger).isEqualTo(Trigger.PAYMENT_REPEATED);
    assertThat(refunded.needsPlacesFor(trigger)).isFalse();
    assertThat(refunded.onPayment(trigger, false)).isEqualTo(Settlement.NOTHING_NEW);
  }

  @Test
  void the_payment_that_confirmed_may_be_told_twice() {
    Registration confirmed = registration(RegistrationStatus.CONFIRMED);
    Trigger trigger = confirmed.triggerOf(PAYMENT, TOTAL);
    assertThat(confirmed.onPayment(trigger, false)).isEqualTo(Settlement.NOTHING_NEW);
  }

  @Test
  void a_second_payment_for_confirmed_places_goes_back() {
    Registration confirmed = registration(RegistrationStatus.CONFIRMED);
    Trigger trigger = confirmed.triggerOf(OTHER_PAYMENT, TOTAL);
    assertThat(confirmed.needsPlacesFor(trigger)).isFalse();
    assertThat(confirmed.onPayment(trigger, false)).isEqualTo(Settlement.REFUND_DUE);
  }

  @Test
  void money_for_a_cancelled_registration_goes_back() {
    Registration cancelled = registration(RegistrationStatus.CANCELLED);
    Trigger trigger = cancelled.triggerOf(OTHER_PAYMENT, TOTAL);
    assertThat(cancelled.onPayment(trigger, false)).isEqualTo(Settlement.REFUND_DUE);
  }

  @ParameterizedTest
  @EnumSource(RegistrationStatus.class)
  void money_of_another_amount_or_currency_is_nobodys_business_here(RegistrationStatus status) {
    Registration registration = registration(status);
    assertThatThrownBy(() -> registration.triggerOf(OTHER_PAYMENT, Money.of(12_549, "CAD")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> registration.triggerOf(OTHER_PAYMENT, Money.of(12_550, "USD")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void only_a_hold_expires() {
    assertThat(registration(RegistrationStatus.HELD).onHoldExpired())
        .isEqualTo(RegistrationStatus.EXPIRED);
    for (RegistrationStatus over :
        Set.of(
            RegistrationStatus.CONFIRMED,
            RegistrationStatus.EXPIRED,
            RegistrationStatus.CANCELLED)) {
      assertThat(registration(over).onHoldExpired()).isEqualTo(over);
    }
  }

  @Test
  void a_hold_cannot_have_settled_a_payment_before() {
    Registration impossible = registration(RegistrationStatus.HELD).withRefunded(Set.of(PAYMENT));
    Trigger trigger = impossible.triggerOf(PAYMENT, TOTAL);
    assertThatThrownBy(() -> impossible.onPayment(trigger, false))
        .isInstanceOf(RuleViolation.class);
  }

  private static Registration registration(RegistrationStatus status) {
    return new Registration(
        Ids.next(),
        Ids.next(),
        Ids.next(),
        Ids.next(),
        status,
        TOTAL,
        status == RegistrationStatus.CONFIRMED ? PAYMENT : null,
        Set.of());
  }
}
