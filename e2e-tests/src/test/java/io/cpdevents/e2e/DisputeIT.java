package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Dispute;
import io.cpdevents.driver.Ledger;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.Sandbox.DisputeAtStripe;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.platform.test.AtOnce;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Journey
class DisputeIT {

  private static final long PRICE_MINOR = 60_00;
  private static final long PAID_MINOR = 2 * PRICE_MINOR;
  private static final long DISPUTE_FEE_MINOR = 15_00;
  private static final String REASON = "As agreed on the phone";

  @Test
  void a_lost_dispute_takes_the_payment_and_its_tickets_let_nobody_in(World world) {
    Organization organization = world.anOrganization();
    Registration registration = paid(world, organization);
    Payment payment = registration.payment();
    world.invariants().hold();
    Ledger before = Ledger.of(world);

    Dispute dispute = dispute(payment, organization, Map.of("reason", "product_not_received"));

    assertThat(dispute.view().path("reason").asString()).isEqualTo("product_not_received");
    awaitTickets(registration, "disputed");
    assertThat(payment.triesRefund(organization.owner(), 10_00, REASON).code())
        .isEqualTo("disputed");
    world.mailbox().awaitMail(organization.owner().email(), "A payment for");
    assertThat(organization.balanceMinor()).as("it is set aside").isPositive();

    dispute.isDecided("lost");

    world.mailbox().awaitMail(organization.owner().email(), "The dispute about");
    world.invariants().hold();
    assertThat(organization.balanceMinor()).isZero();
    awaitTickets(registration, "disputed");
    Ledger after = Ledger.of(world);
    assertThat(after.since(before, "CAD", "stripe")).isEqualTo(-PAID_MINOR - DISPUTE_FEE_MINOR);
    assertThat(after.since(before, "CAD", "dispute-fees")).isEqualTo(DISPUTE_FEE_MINOR);
    assertThat(after.since(before, "CAD", "disputes")).isZero();
  }

  @Test
  void a_won_dispute_gives_everything_back_and_the_tickets_are_valid_again(World world) {
    Organization organization = world.anOrganization();
    Registration registration = paid(world, organization);
    Payment payment = registration.payment();
    world.invariants().hold();
    long balance = organization.balanceMinor();
    Dispute dispute = dispute(payment, organization, Map.of());
    awaitTickets(registration, "disputed");
    assertThat(dispute.isGivenReceipt()).isNotNull();

    dispute.isDecided("won");

    awaitTickets(registration, "valid");
    world.mailbox().awaitMail(organization.owner().email(), "You have won the dispute");
    world.invariants().hold();
    assertThat(organization.balanceMinor()).isEqualTo(balance);
    payment.isRefundedBy(organization.owner(), 10_00, REASON).becomes("succeeded");
  }

  @Test
  void a_dispute_about_a_part_leaves_the_tickets_valid_and_the_rest_refundable(World world) {
    Organization organization = world.anOrganization();
    Registration registration = paid(world, organization);
    Payment payment = registration.payment();

    dispute(payment, organization, Map.of("amountMinor", 40_00)).isDecided("lost");

    awaitTickets(registration, "valid");
    assertThat(payment.triesRefund(organization.owner(), 80_01, REASON).code())
        .isEqualTo("exceeds-refundable");
    payment.isRefundedBy(organization.owner(), 80_00, REASON).becomes("succeeded");
    assertThat(registration.status()).isEqualTo("confirmed");
  }

  @Test
  void a_dispute_at_the_same_moment_as_a_refund_takes_no_more_than_was_paid(World world) {
    Organization organization = world.anOrganization();
    Registration registration = paid(world, organization);
    Payment payment = registration.payment();
    String charge = payment.chargeAtStripe();

    AtOnce.<Answer>numbered(
        2,
        i ->
            i == 0
                ? world.stripe().triesToDispute(charge, Map.of())
                : registration.cancellation().tried().expect(200));

    registration.becomes("cancelled");
    world.stripe().disputesOf(charge).stream()
        .filter(DisputeAtStripe::isOpen)
        .forEach(open -> world.stripe().triesToDecide(open.id(), "won").expect(200));
    world.await("everything is back", () -> payment.refundedMinor() == PAID_MINOR);
  }

  private static Registration paid(World world, Organization organization) {
    return world
        .somebody("Dora Doubtful")
        .registersFor(organization.publishes(5, PRICE_MINOR), 2)
        .isPaid()
        .becomes("confirmed");
  }

  private static Dispute dispute(
      Payment payment, Organization organization, Map<String, Object> terms) {
    String atStripe = payment.world().stripe().opensDispute(payment.chargeAtStripe(), terms);
    return organization.awaitDispute(payment, atStripe);
  }

  private static void awaitTickets(Registration registration, String status) {
    registration
        .world()
        .await(
            "the tickets of " + registration.reference() + " are " + status,
            () ->
                registration
                    .view()
                    .path("tickets")
                    .valueStream()
                    .allMatch(ticket -> ticket.path("status").asString().equals(status)));
  }
}
