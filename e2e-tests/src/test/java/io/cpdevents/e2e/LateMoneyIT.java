package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Payment;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@Journey
class LateMoneyIT {

  private static final Duration LONGER_THAN_A_HOLD = Duration.ofMinutes(31);

  /** While a bank takes its time, places are kept for five days. */
  private static final Duration LONGER_THAN_BANKS_MAY_TAKE = Duration.ofDays(5).plusHours(1);

  private static final Duration A_SLOW_BANK = Duration.ofHours(6);
  private static final long PRICE_MINOR = 60_00;

  @Test
  void money_after_expiry_confirms_when_places_are_left(World world) {
    PublishedEvent event = world.anOrganization().publishes(5, PRICE_MINOR);
    Person lea = world.somebody("Lea Late");
    Registration registration = lea.registersFor(event, 2);
    String onItsWay = paySlowlyUntilItExpires(registration);
    assertThat(event.placesLeft()).isEqualTo(5);

    world.stripe().moneyArrives(onItsWay);

    registration.becomes("confirmed");
    assertThat(event.placesLeft()).isEqualTo(3);
    world.mailbox().awaitMail(lea.email(), "Your tickets for", registration.reference());
  }

  @Test
  void money_after_expiry_goes_back_in_full_and_once_when_no_place_is_left(World world) {
    PublishedEvent event = world.anOrganization().publishes(2, PRICE_MINOR);
    Person lea = world.somebody("Lea Late");
    Registration tooLate = lea.registersFor(event, 2);
    Payment payment = tooLate.payment();
    String onItsWay = paySlowlyUntilItExpires(tooLate);
    Registration quicker =
        world.somebody("Quinn Quick").registersFor(event, 1).isPaid().becomes("confirmed");

    world.stripe().moneyArrives(onItsWay);

    world.await("the money goes back", () -> payment.refundedMinor() == 2 * PRICE_MINOR);
    assertThat(tooLate.status()).isEqualTo("expired");
    assertThat(quicker.status()).isEqualTo("confirmed");
    assertThat(payment.view().get("refunds")).hasSize(1);
    world
        .mailbox()
        .awaitMail(lea.email(), "We are refunding your payment for", tooLate.reference());
    assertThat(world.mailbox().find(lea.email(), "Your tickets for", "")).isEmpty();
    assertThat(event.placesLeft()).isEqualTo(1);
  }

  @Test
  void places_are_kept_for_a_bank_that_takes_its_time(World world) {
    PublishedEvent event = world.anOrganization().publishes(2, PRICE_MINOR);
    Registration registration = world.somebody("Lea Late").registersFor(event, 2);
    String onItsWay = registration.payment().checkout().paysSlowly(A_SLOW_BANK);
    awaitLongerHold(registration);
    world.passes(LONGER_THAN_A_HOLD);
    assertThat(world.somebody("Quinn Quick").triesToRegisterFor(event, 1).code())
        .isEqualTo("sold-out");

    world.stripe().moneyArrives(onItsWay);

    registration.becomes("confirmed");
  }

  /** The payment intent whose money is still to come. */
  private static String paySlowlyUntilItExpires(Registration registration) {
    String onItsWay = registration.payment().checkout().paysSlowly(A_SLOW_BANK);
    awaitLongerHold(registration);
    registration.world().leaps(LONGER_THAN_BANKS_MAY_TAKE);
    registration.becomes("expired");
    return onItsWay;
  }

  private static void awaitLongerHold(Registration registration) {
    Instant tomorrow = registration.world().now().plus(Duration.ofDays(1));
    registration
        .world()
        .await(
            "the places of " + registration.reference() + " are kept for its bank",
            () ->
                Instant.parse(registration.view().path("holdExpiresAt").asString())
                    .isAfter(tomorrow));
  }
}
