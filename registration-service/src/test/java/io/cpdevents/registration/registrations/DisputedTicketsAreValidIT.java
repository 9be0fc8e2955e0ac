package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.registration.Organizer;
import io.cpdevents.registration.disputes.FollowDispute;
import io.cpdevents.registration.registrations.Bookings.Booking;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A platform may decide that disputes do not touch tickets. */
@CpdIntegrationTest(properties = "cpd.registration.disputed-tickets-are-invalid=false")
class DisputedTicketsAreValidIT {

  private final FollowDispute followDispute;
  private final Bookings bookings;

  @Autowired
  DisputedTicketsAreValidIT(
      FollowDispute followDispute, AcceptPayment acceptPayment, ApiClient api) {
    this.followDispute = followDispute;
    this.bookings = new Bookings(api, new Organizer(api), acceptPayment);
  }

  @Test
  void tickets_stay_valid_while_their_payment_is_disputed() {
    Booking paid = bookings.paid(bookings.onSale(5, 12_550), 1);
    followDispute.handle(
        new FollowDispute.Opened(Ids.next(), paid.paymentId(), paid.id(), false, true));
    assertThat(paid.read().body().at("/tickets/0/status").asString()).isEqualTo("valid");
    assertThat(paid.read().body().at("/tickets/0/code").asString()).hasSize(26);
  }
}
