package io.cpdevents.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Payout;
import io.cpdevents.driver.PayoutAccount;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import io.cpdevents.e2e.Payouts;
import io.cpdevents.local.Component;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.servers.FreePort;
import io.cpdevents.platform.test.servers.SupervisedProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Nobody is paid twice, whoever dies and however many ask. */
@Order(Integer.MAX_VALUE - 1)
class PayoutsIT {

  private static final long PRICE_MINOR = 80_00;
  private static final int REQUESTS = 20;

  /** Stripe has transferred the money, and we have not written that down. */
  private static final Barrier.Place BEFORE_THE_TRANSFER_IS_NOTED =
      new Barrier.Place(
          "payout", "UPDATE", "payout", "NEW.transfer_id IS NOT NULL AND OLD.transfer_id IS NULL");

  /** The money is on the organization's account, and nothing has been sent to its bank. */
  private static final Barrier.Place BETWEEN_TRANSFER_AND_PAYOUT =
      new Barrier.Place(
          "payout",
          "UPDATE",
          "payout",
          "NEW.bank_sent_at IS NOT NULL AND OLD.bank_sent_at IS NULL");

  /** Stripe has sent the money to the bank, and we have not written that down. */
  private static final Barrier.Place BEFORE_THE_PAYOUT_IS_NOTED =
      new Barrier.Place(
          "payout",
          "UPDATE",
          "payout",
          "NEW.bank_payout_id IS NOT NULL AND OLD.bank_payout_id IS NULL");

  private final Stage stage = Stage.shared();
  private final World world = stage.world().repeating();

  @Test
  void killed_at_each_step_payout_service_makes_one_transfer_and_one_payout() {
    Organization organization = Payouts.withMoney(world, PRICE_MINOR);
    Payout payout;
    try (Barrier barrier = Barrier.at(stage.platform().postgres(), BEFORE_THE_TRANSFER_IS_NOTED)) {
      payout = organization.asksForPayout();
      barrier.awaitSomebody();
      stage.platform().kill(Component.PAYOUT);
    }
    killAt(BETWEEN_TRANSFER_AND_PAYOUT);
    killAt(BEFORE_THE_PAYOUT_IS_NOTED);
    stage.platform().startAgain(Component.PAYOUT);

    payout.becomes("in-transit");

    PayoutAccount account = organization.connects();
    assertThat(world.stripe().transfersFor(payout.id())).hasSize(1);
    assertThat(world.stripe().payoutsOn(account.stripeId())).hasSize(1);
    world.invariants().hold();
  }

  @Test
  @Tag("chaos")
  @EnabledOnOs(OS.LINUX)
  void of_twenty_requests_at_once_at_two_instances_one_becomes_a_payout() throws IOException {
    Organization organization = Payouts.withMoney(world, PRICE_MINOR);
    int port = FreePort.any();
    try (SupervisedProcess _ = SecondInstance.start(Component.PAYOUT, port)) {
      List<Api> instances =
          List.of(
              Api.at(stage.platform().urlOf(Component.PAYOUT)), Api.at("http://127.0.0.1:" + port));
      organization.owner().provenApi();
      String token = accessToken(organization);

      List<Answer> answers =
          AtOnce.numbered(
              REQUESTS,
              i ->
                  instances
                      .get(i % 2)
                      .bearing(token)
                      .with("Idempotency-Key", UUID.randomUUID().toString())
                      .post(organization.path() + "/payouts", Map.of("currency", "CAD")));

      assertThat(answers).filteredOn(Answer::isSuccess).hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> !answer.isSuccess())
          .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("payout-under-way"));
      UUID id = answers.stream().filter(Answer::isSuccess).findFirst().orElseThrow().id();
      new Payout(organization, id).becomes("in-transit");
      assertThat(world.stripe().payoutsOn(organization.connects().stripeId())).hasSize(1);
    }
    world.invariants().hold();
  }

  /** Starts it again, and kills it as soon as it comes so far. */
  private void killAt(Barrier.Place place) {
    try (Barrier barrier = Barrier.at(stage.platform().postgres(), place)) {
      stage.platform().startAgain(Component.PAYOUT);
      barrier.awaitSomebody();
      stage.platform().kill(Component.PAYOUT);
    }
  }

  /** What the gateway hands to services, here asked for in its place. */
  private String accessToken(Organization organization) {
    return Api.at(stage.platform().urlOf(Component.ACCOUNTS))
        .bearing(world.address().internalToken())
        .post("/internal/token-exchanges", Map.of("token", organization.owner().token()))
        .expect(200)
        .text("accessToken");
  }
}
