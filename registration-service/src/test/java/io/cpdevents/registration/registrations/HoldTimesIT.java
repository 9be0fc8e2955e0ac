package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.billing.PaymentEvent.PaymentFailed;
import io.cpdevents.contracts.registration.RegistrationEvent.HoldEndChanged;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.registration.Organizer;
import io.cpdevents.registration.registrations.Bookings.Booking;
import io.cpdevents.registration.registrations.Bookings.OnSale;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** How long places wait for money. */
@CpdIntegrationTest
class HoldTimesIT {

  private final MutableClock clock;
  private final RecordedEvents recorded;
  private final Facts facts;
  private final GiveTimeToRetry giveTimeToRetry;
  private final ExpireHolds expireHolds;
  private final Organizer organizer;
  private final Bookings bookings;

  @Autowired
  HoldTimesIT(
      MutableClock clock,
      RecordedEvents recorded,
      Facts facts,
      GiveTimeToRetry giveTimeToRetry,
      ExpireHolds expireHolds,
      AcceptPayment acceptPayment,
      ApiClient api) {
    this.clock = clock;
    this.recorded = recorded;
    this.facts = facts;
    this.giveTimeToRetry = giveTimeToRetry;
    this.expireHolds = expireHolds;
    this.organizer = new Organizer(api);
    this.bookings = new Bookings(api, organizer, acceptPayment);
  }

  @Test
  void an_organizer_says_how_long_places_wait_for_money() {
    for (int minutes : new int[] {10, 120}) {
      OnSale sale = bookings.onSale(5, 4_000, Map.of("holdMinutes", minutes));
      assertThat(holdEnd(bookings.booked(sale, 1)))
          .isEqualTo(clock.instant().plus(Duration.ofMinutes(minutes)));
    }
    OnSale sale = bookings.onSale(5, 4_000);
    organizer.change(sale.event(), Map.of("holdMinutes", 45));
    assertThat(holdEnd(bookings.booked(sale, 1)))
        .isEqualTo(clock.instant().plus(Duration.ofMinutes(45)));
    for (int minutes : new int[] {9, 121}) {
      Map<String, Object> request = new HashMap<>(organizer.eventRequest("Wound care", 5));
      request.put("holdMinutes", minutes);
      organizer.owner().post(organizer.eventsPath(), request).refused(400, "invalid-request");
    }
  }

  @Test
  void a_declined_card_leaves_ten_minutes_to_pay_in_another_way_once() {
    Booking held = bookings.booked(bookings.onSale(5, 4_000, Map.of("holdMinutes", 10)), 1);
    clock.advance(Duration.ofMinutes(9));
    Instant longer = clock.instant().plus(Duration.ofMinutes(10));

    facts.tell(
        new PaymentFailed(
            held.paymentId(), held.id(), "insufficient_funds", false, clock.instant()));
    HoldEndChanged told =
        recorded.await(HoldEndChanged.class, fact -> fact.registrationId().equals(held.id()));
    declined(held);

    assertThat(holdEnd(held)).isEqualTo(longer);
    assertThat(told.holdExpiresAt()).isEqualTo(longer);
    assertThat(held.buyer().api().get(held.path() + "/history").expect(200).body().path("data"))
        .hasSize(2);
    clock.advance(Duration.ofMinutes(9));
    declined(held);
    assertThat(holdEnd(held)).isEqualTo(longer);
    clock.advance(Duration.ofMinutes(1));
    while (expireHolds.handle() > 0) {
      // until none is due
    }
    declined(held);
    assertThat(held.read().text("status")).isEqualTo("expired");
  }

  private void declined(Booking booking) {
    giveTimeToRetry.handle(new GiveTimeToRetry.Command(booking.paymentId(), booking.id()));
  }

  private static Instant holdEnd(Booking booking) {
    return Instant.parse(booking.read().text("holdExpiresAt"));
  }
}
