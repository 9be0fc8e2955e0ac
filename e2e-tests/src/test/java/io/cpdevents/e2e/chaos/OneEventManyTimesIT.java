package io.cpdevents.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.Topic;
import io.cpdevents.driver.Card;
import io.cpdevents.driver.Checkout;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.StripeSignature;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import io.cpdevents.e2e.Journey;
import io.cpdevents.e2e.SharedPlatform;
import io.cpdevents.local.Component;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.servers.FreePort;
import io.cpdevents.platform.test.servers.SupervisedProcess;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Stripe posts one event again and again, to two instances of billing-service. */
@Journey
@EnabledOnOs(OS.LINUX)
class OneEventManyTimesIT {

  private static final int POSTS = 20;
  private static final long PRICE_MINOR = 60_00;
  private static final String SECRET = "whsec_local";

  @AfterEach
  void webhooks_are_fine_again(World world) {
    world.stripe().webhooksAreFine();
  }

  @Test
  void one_event_posted_twenty_times_at_once_to_two_instances_has_one_effect(World world)
      throws IOException {
    int port = FreePort.any();
    try (SupervisedProcess _ = SecondInstance.start(Component.BILLING, port)) {
      List<Api> instances =
          List.of(
              Api.at(SharedPlatform.get().urlOf(Component.BILLING)),
              Api.at("http://127.0.0.1:" + port));
      long before = world.now().minusSeconds(1).getEpochSecond();
      Registration registration =
          world
              .somebody("Rita Repeated")
              .registersFor(world.anOrganization().publishes(1, PRICE_MINOR), 1);
      Payment payment = registration.payment();
      Checkout page = payment.checkout();
      world.stripe().webhooksAre(Map.of("drop", true));
      page.paysWith(Card.PAYS);
      String event =
          world.stripe().event("checkout.session.completed", page.sessionId()).toString();
      String signature = StripeSignature.of(SECRET, Clock.systemUTC().instant(), event);

      List<Answer> answers =
          AtOnce.numbered(
              POSTS,
              i ->
                  instances
                      .get(i % 2)
                      .with("Stripe-Signature", signature)
                      .send("POST", "/webhooks/stripe", event));

      assertThat(answers).allMatch(Answer::isSuccess);
      registration.becomes("confirmed");
      assertThat(told(world, payment)).hasSize(1);
      assertThat(
              world
                  .databases()
                  .number(
                      "billing",
                      "SELECT count(*) FROM journal WHERE kind = 'payment-captured' AND business_id"
                          + " = ?",
                      payment.id().toString()))
          .isEqualTo(1);

      // The others, which were not posted, come now: the same facts once more.
      world.stripe().webhooksAreFine();
      world.stripe().redeliversEverythingSince(before);
      world.invariants().hold();
      assertThat(told(world, payment)).hasSize(1);
    }
  }

  /** What was told about a payment, which is that it is captured. */
  private static List<String> told(World world, Payment payment) {
    List<String> told = new ArrayList<>();
    world
        .topics()
        .read(
            List.of(Topic.BILLING_PAYMENTS),
            (_, text) -> {
              if (text.contains("\"paymentId\":\"" + payment.id())) {
                told.add(text);
              }
            });
    return told;
  }
}
