package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Card;
import io.cpdevents.driver.Checkout;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import org.junit.jupiter.api.Test;

@Journey
class DeclinedCardIT {

  @Test
  void a_declined_card_and_then_another_make_one_confirmed_registration(World world) {
    PublishedEvent event = world.anOrganization().publishes(5, 40_00);
    Registration registration = world.somebody("Dan Declined").registersFor(event, 1);
    Payment payment = registration.payment();
    Checkout page = payment.checkout();

    page.isDeclined(Card.DECLINED);
    page.isDeclined(Card.INSUFFICIENT_FUNDS);
    assertThat(registration.status()).isEqualTo("held");
    assertThat(payment.status()).isEqualTo("awaiting-payment");

    payment.checkout().paysWith(Card.PAYS);

    registration.becomes("confirmed");
    payment.becomes("captured");
  }
}
