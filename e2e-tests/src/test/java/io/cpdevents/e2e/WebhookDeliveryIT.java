package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Journey
class WebhookDeliveryIT {

  private static final long PRICE_MINOR = 80_00;
  private static final int LATE_BY_MILLIS = 3_000;

  @AfterEach
  void webhooks_are_fine_again(World world) {
    world.stripe().webhooksAreFine();
  }

  @Test
  void a_webhook_delivered_twice_confirms_once(World world) {
    world.stripe().webhooksAre(Map.of("duplicate", true));

    aPaidRegistration(world).becomes("confirmed");
  }

  @Test
  void webhooks_in_another_order_confirm_once(World world) {
    world.stripe().webhooksAre(Map.of("reorder", true));

    aPaidRegistration(world).becomes("confirmed");
  }

  @Test
  void a_webhook_that_is_late_confirms_when_it_comes(World world) {
    world.stripe().webhooksAre(Map.of("delayMs", LATE_BY_MILLIS));

    Registration registration = aPaidRegistration(world);

    assertThat(registration.status()).isEqualTo("held");
    registration.becomes("confirmed");
  }

  @Test
  void a_webhook_before_the_redirect_confirms_and_the_buyer_finds_it_done(World world) {
    Registration registration = aPaidRegistration(world).becomes("confirmed");

    assertThat(registration.payment().status()).isEqualTo("captured");
    assertThat(registration.payment().triesCheckout().status()).isEqualTo(409);
  }

  @Test
  void everything_delivered_once_more_changes_nothing(World world) {
    long before = world.now().minusSeconds(1).getEpochSecond();
    Registration registration = aPaidRegistration(world).becomes("confirmed");
    world.invariants().hold();

    assertThat(world.stripe().redeliversEverythingSince(before)).isPositive();

    world.invariants().hold();
    assertThat(registration.status()).isEqualTo("confirmed");
  }

  private static Registration aPaidRegistration(World world) {
    PublishedEvent event = world.anOrganization().publishes(5, PRICE_MINOR);
    return world.somebody("Wim Waiting").registersFor(event, 1).isPaid();
  }
}
