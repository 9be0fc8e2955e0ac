package io.cpdevents.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.EventCancellation;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.World;
import io.cpdevents.local.Component;
import io.cpdevents.platform.test.AtOnce;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An event is cancelled, and billing-service dies twice while the money goes back. */
@Order(Integer.MAX_VALUE - 1)
class CancelledEventIT {

  private static final int BUYERS = 6;
  private static final long PRICE_MINOR = 40_00;
  private static final Duration MAX_REFUND_TIME = Duration.ofMinutes(3);

  /** Stripe has given the money back, and we have not written that down. */
  private static final Barrier.Place BEFORE_THE_REFUND_IS_NOTED =
      new Barrier.Place(
          "billing",
          "UPDATE",
          "refund_attempt",
          "NEW.stripe_refund_id IS NOT NULL AND OLD.stripe_refund_id IS NULL");

  private final Stage stage = Stage.shared();
  private final World world = stage.world().repeating();

  @Test
  void each_of_sixty_registrations_is_refunded_once() {
    everybodyIsRefundedOnce(60);
  }

  @Test
  @Tag("chaos")
  void each_of_five_hundred_registrations_is_refunded_once() {
    everybodyIsRefundedOnce(500);
  }

  private void everybodyIsRefundedOnce(int count) {
    Organization organization = world.anOrganization();
    PublishedEvent event = organization.publishes(count, PRICE_MINOR);
    sell(event, count);
    world.invariants().hold();
    long balance = organization.balanceMinor();
    long refundsBefore = refundsAtStripe();

    EventCancellation cancellation = organization.cancels(event, "Nobody can teach it");
    killBilling();
    Wait.atMost(MAX_REFUND_TIME)
        .until("more is refunded", () -> refundsAtStripe() > refundsBefore + count / 4);
    killBilling();
    cancellation.isRefunded();

    world.invariants().hold();
    assertThat(refundsAtStripe() - refundsBefore).isEqualTo(count);
    assertThat(
            world
                .databases()
                .texts(
                    "billing",
                    """
                    SELECT r.status, r.cause, count(*), count(DISTINCT r.payment_id), sum(r.amount_minor)
                    FROM refund r JOIN payment p ON p.id = r.payment_id
                    WHERE p.event_id = ? GROUP BY 1, 2
                    """,
                    event.id()))
        .containsExactly(
            List.of(
                "succeeded",
                "event-cancelled",
                Integer.toString(count),
                Integer.toString(count),
                Long.toString(count * PRICE_MINOR)));
    assertThat(balance).isPositive();
    assertThat(organization.balanceMinor()).isZero();
  }

  private void sell(PublishedEvent event, int count) {
    List<Person> buyers =
        IntStream.range(0, BUYERS).mapToObj(_ -> world.somebody("Bea Buyer")).toList();
    AtOnce.numbered(
        BUYERS,
        buyer -> {
          for (int i = buyer; i < count; i += BUYERS) {
            Registration registration = buyers.get(buyer).registersFor(event, 1).isPaid();
            registration.becomes("confirmed");
          }
          return buyer;
        });
  }

  private void killBilling() {
    Fault fault =
        Fault.killAt(
            "between Stripe's refund and our commit",
            stage.platform(),
            Component.BILLING,
            BEFORE_THE_REFUND_IS_NOTED);
    fault.strike().run();
    fault.heal().run();
  }

  private long refundsAtStripe() {
    return world.stripe().state().path("objects").path("refund").asLong();
  }
}
