package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.Payout;
import io.cpdevents.driver.PayoutAccount;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Journey
class PayoutIT {

  private static final long PRICE_MINOR = 100_00;
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final Duration A_WEEK = Duration.ofDays(7);
  private static final Duration A_MONTH = Duration.ofDays(30);
  private static final Duration UNTIL_ARRIVAL = Duration.ofDays(6);

  @Test
  void an_organization_with_a_schedule_is_paid_by_itself_and_reads_what_for(World world) {
    Payouts.othersHaveMoney(world);
    Organization organization = world.anOrganization();
    organization.connects().isCompleted();
    organization.isPaidWeekly();
    PublishedEvent event = Payouts.soonOver(organization, PRICE_MINOR);
    Registration kept = paid(world, event);
    world.await("what was earned is pending", () -> organization.balanceMinor("pending") > 0);
    long earned = organization.balanceMinor("pending");

    world.leaps(Payouts.UNTIL_RELEASE);
    world.leaps(A_WEEK);

    world.await("it is paid by itself", () -> !organization.payouts().isEmpty());
    Payout payout = organization.payouts().getFirst();
    world.await("it is on its way", () -> !payout.view().path("arrivesOn").isNull());
    world.leaps(UNTIL_ARRIVAL);
    payout.becomes("paid");
    assertThat(organization.payouts()).hasSize(1);
    JsonNode statement = payout.statement();
    assertThat(statement.path("lines")).hasSize(1);
    JsonNode line = statement.path("lines").get(0);
    assertThat(line.path("reference").asString()).isEqualTo(kept.reference());
    assertThat(line.path("gross").path("amountMinor").asLong()).isEqualTo(PRICE_MINOR);
    assertThat(line.path("net").path("amountMinor").asLong()).isEqualTo(earned);
    assertThat(statement.path("totals").path("net").path("amountMinor").asLong()).isEqualTo(earned);
  }

  @Test
  void what_an_event_has_earned_reaches_the_bank_of_its_organization(World world) {
    Payouts.othersHaveMoney(world);
    Organization organization = world.anOrganization();
    organization.connects().isCompleted();
    world.mailbox().awaitMail(organization.owner().email(), "Institute");
    PublishedEvent event = Payouts.soonOver(organization, PRICE_MINOR);
    world
        .somebody("Paula Payer")
        .registersFor(event, 2)
        .isPaid()
        .becomes("confirmed")
        .payment()
        .isBookedAtStripe();
    world.await("what was earned is pending", () -> organization.balanceMinor("pending") > 0);
    long earned = organization.balanceMinor("pending");
    assertThat(organization.balanceMinor("available")).isZero();
    assertThat(organization.triesToBePaid().code()).isEqualTo("nothing-to-pay-out");

    world.leaps(Payouts.UNTIL_RELEASE);

    assertThat(organization.balanceMinor("available")).isEqualTo(earned);
    Payout payout = organization.asksForPayout();
    assertThat(payout.amountMinor()).isEqualTo(earned);
    payout.becomes("in-transit");
    world.await("it is set aside", () -> organization.balanceMinor("inTransit") == earned);
    assertThat(organization.balanceMinor("available")).isZero();

    world.leaps(UNTIL_ARRIVAL);

    payout.becomes("paid");
    world.await("it is paid out", () -> organization.balanceMinor("paidOut") == earned);
    assertThat(organization.balanceMinor("inTransit")).isZero();
    world.mailbox().awaitMail(organization.owner().email(), "A payout to", "We have paid");
    assertThat(payout.triesToCancel().code()).isEqualTo("too-late-to-cancel");
  }

  @Test
  void what_banks_send_back_before_and_after_it_was_paid_arrives_with_one_transfer(World world) {
    Organization organization = Payouts.withMoney(world, PRICE_MINOR);
    long available = organization.balanceMinor("available");
    Payout first = organization.asksForPayout().becomes("in-transit");

    first.isSentBack("declined").becomes("failed");

    assertThat(first.view().path("failureRemedy").asString()).isEqualTo("ask-the-bank");
    world.mailbox().awaitMail(organization.owner().email(), "A payout to", "could not be made");
    world.await("it is available again", () -> organization.balanceMinor("available") == available);
    world.invariants().hold();

    Payout second = organization.asksForPayout().becomes("in-transit");
    assertThat(second.amountMinor()).isEqualTo(available);
    assertThat(world.stripe().transfersFor(second.id())).isEmpty();
    world.leaps(UNTIL_ARRIVAL);
    second.becomes("paid");
    world.await("it is paid out", () -> organization.balanceMinor("paidOut") == available);

    second.isSentBack("could_not_process").becomes("failed");

    world.await(
        "it is available once more", () -> organization.balanceMinor("available") == available);
    assertThat(organization.balanceMinor("paidOut")).isZero();
    world.invariants().hold();

    Payout third = organization.asksForPayout().becomes("in-transit");
    assertThat(world.stripe().transfersFor(third.id())).isEmpty();
    world.leaps(UNTIL_ARRIVAL);
    third.becomes("paid");
    world.await("it is paid out", () -> organization.balanceMinor("paidOut") == available);
  }

  @Test
  void what_lies_on_an_account_that_is_disconnected_is_paid_through_the_next_one(World world) {
    Organization organization = Payouts.withMoney(world, PRICE_MINOR);
    long available = organization.balanceMinor("available");
    Payout first = organization.asksForPayout().becomes("in-transit");
    first.isSentBack("declined").becomes("failed");

    organization.connects().isDisconnected();
    first.isTakenBack();
    PayoutAccount next = organization.connects().isCompleted();

    Payout second = organization.asksForPayout().becomes("in-transit");
    assertThat(second.amountMinor()).isEqualTo(available);
    assertThat(world.stripe().transfersFor(second.id()))
        .singleElement()
        .satisfies(transfer ->
            assertThat(transfer.path("destination").asString()).isEqualTo(next.stripeId()));
    world.await("it is set aside", () -> organization.balanceMinor("inTransit") == available);
    world.invariants().hold();

    next.isDisconnected();
    world.leaps(AN_HOUR);
    second.becomes("unconfirmed");
    world.invariants().hold();
    second.isSettledAs("paid").becomes("paid");
    world.await("it is paid out", () -> organization.balanceMinor("paidOut") == available);
  }

  @Test
  void a_refund_after_a_payout_comes_out_of_the_next_and_a_dispute_holds_its_part(World world) {
    Payouts.othersHaveMoney(world);
    Organization organization = world.anOrganization();
    organization.connects().isCompleted();
    Payment paidOut = paid(world, Payouts.soonOver(organization, PRICE_MINOR)).payment();
    world.leaps(Payouts.UNTIL_RELEASE);
    Payout first = organization.asksForPayout().becomes("in-transit");
    world.leaps(UNTIL_ARRIVAL);
    first.becomes("paid");

    paidOut
        .isRefundedBy(organization.owner(), 40_00, "The second half was cancelled")
        .becomes("succeeded");

    world.await("it owes its part", () -> organization.balanceMinor("available") < 0);
    long owed = organization.balanceMinor("available");
    assertThat(organization.triesToBePaid().code()).isEqualTo("nothing-to-pay-out");
    PublishedEvent next = Payouts.soonOver(organization, PRICE_MINOR);
    paid(world, next);
    Payment disputed = paid(world, next).payment();
    world.await("both are earned", () -> organization.balanceMinor("pending") > PRICE_MINOR);
    long earned = organization.balanceMinor("pending");
    String dispute = world.stripe().opensDispute(disputed.chargeAtStripe(), Map.of());
    world.await("its part is set aside", () -> organization.balanceMinor("reserved") > 0);
    long reserved = organization.balanceMinor("reserved");

    world.leaps(Payouts.UNTIL_RELEASE);

    Payout payout = organization.asksForPayout().becomes("in-transit");
    assertThat(payout.amountMinor()).isEqualTo(earned - reserved + owed);
    organization.awaitDispute(disputed, dispute).isDecided("won");
    world.await("it is available", () -> organization.balanceMinor("available") == reserved);
    world.leaps(UNTIL_ARRIVAL);
    payout.becomes("paid");
    assertThat(organization.asksForPayout().becomes("in-transit").amountMinor())
        .isEqualTo(reserved);
  }

  @Test
  void a_payout_that_has_not_left_stripe_is_cancelled_and_its_money_paid_by_the_next(World world) {
    Organization organization = Payouts.withMoney(world, PRICE_MINOR);
    long available = organization.balanceMinor("available");
    Payout payout = organization.asksForPayout().becomes("in-transit");

    payout.triesToCancel().expect(200);

    payout.becomes("cancelled");
    world.await("it is available again", () -> organization.balanceMinor("available") == available);
    assertThat(organization.asksForPayout().becomes("in-transit").amountMinor())
        .isEqualTo(available);
  }

  @Test
  void an_account_that_stops_being_ready_after_the_request_is_transferred_nothing(World world) {
    Organization organization = Payouts.withMoney(world, PRICE_MINOR);
    long available = organization.balanceMinor("available");
    PayoutAccount account = organization.connects();
    // Stripe does not tell it: the request finds the account ready, and the transfer does not.
    world
        .stripe()
        .webhooksAre(
            Map.of("drop", true, "types", List.of("account.updated", "capability.updated")));
    Payout refused;
    try {
      world.stripe().disables(account.stripeId());

      refused = organization.asksForPayout().becomes("failed");
    } finally {
      world.stripe().webhooksAreFine();
    }

    assertThat(refused.view().path("failureReason").asString()).isEqualTo("account-not-ready");
    assertThat(world.stripe().transfersFor(refused.id())).isEmpty();
    world.await("it is available again", () -> organization.balanceMinor("available") == available);
    assertThat(organization.triesToBePaid().code()).isEqualTo("account-not-ready");
    account.isCompleted();
    assertThat(organization.asksForPayout().becomes("in-transit").amountMinor())
        .isEqualTo(available);
  }

  @Test
  void an_event_that_is_moved_by_a_month_keeps_its_money_as_much_longer(World world) {
    Payouts.othersHaveMoney(world);
    Organization organization = world.anOrganization();
    organization.connects().isCompleted();
    PublishedEvent event = Payouts.soonOver(organization, PRICE_MINOR);
    paid(world, event);
    world.await("what was earned is pending", () -> organization.balanceMinor("pending") > 0);
    long earned = organization.balanceMinor("pending");
    world.leaps(Payouts.UNTIL_SHORTLY_BEFORE_RELEASE);

    Instant later = world.now().plus(A_MONTH).truncatedTo(ChronoUnit.SECONDS);
    organization.triesToMove(event, later, later.plus(Payouts.LENGTH)).expect(200);
    // Moving it back does not bring the money earlier.
    Instant soon = world.now().plus(Payouts.UNTIL_EVENT).truncatedTo(ChronoUnit.SECONDS);
    organization.triesToMove(event, soon, soon.plus(Payouts.LENGTH)).expect(200);

    world.await("its release is told anew", () -> isReleasedAfter(organization, later));
    world.leaps(Payouts.UNTIL_RELEASE);
    assertThat(organization.balanceMinor("available")).isZero();
    assertThat(organization.balanceMinor("pending")).isEqualTo(earned);
    assertThat(organization.triesToBePaid().code()).isEqualTo("nothing-to-pay-out");
    world.leaps(A_MONTH);
    assertThat(organization.asksForPayout().becomes("in-transit").amountMinor()).isEqualTo(earned);
  }

  private static boolean isReleasedAfter(Organization organization, Instant time) {
    String at = organization.balance("CAD").path("nextRelease").path("at").asString("");
    return !at.isEmpty() && Instant.parse(at).isAfter(time);
  }

  private static Registration paid(World world, PublishedEvent event) {
    Registration registration =
        world.somebody("Paula Payer").registersFor(event, 1).isPaid().becomes("confirmed");
    registration.payment().isBookedAtStripe();
    return registration;
  }
}
