package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Card;
import io.cpdevents.driver.Checkout;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@Journey
class ExpiredHoldIT {

  private static final Duration LONGER_THAN_A_HOLD = Duration.ofMinutes(31);

  @Test
  void a_hold_that_expires_gives_its_places_back(World world) {
    PublishedEvent event = world.anOrganization().publishes(2, 40_00);
    Registration left = world.somebody("Hal Hesitant").registersFor(event, 2);
    Payment payment = left.payment();
    Checkout page = payment.checkout();
    Person next = world.somebody("Nia Next");
    assertThat(next.triesToRegisterFor(event, 1).code()).isEqualTo("sold-out");

    world.passes(LONGER_THAN_A_HOLD);

    left.becomes("expired");
    payment.becomes("cancelled");
    assertThat(event.placesLeft()).isEqualTo(2);
    // Knocking with a good card would pay on a page that is still closing, and late money counts.
    world.await(
        "Stripe's page is closed", () -> page.triesToPayWith(Card.DECLINED).status() != 402);
    assertThat(page.triesToPayWith(Card.PAYS).status()).isGreaterThanOrEqualTo(400);
    next.registersFor(event, 2).isPaid().becomes("confirmed");
  }
}
