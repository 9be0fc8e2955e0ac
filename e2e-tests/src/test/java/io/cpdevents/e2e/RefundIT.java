package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Card;
import io.cpdevents.driver.Ledger;
import io.cpdevents.driver.Mailbox;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Refund;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.platform.test.AtOnce;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Journey
class RefundIT {

  private static final long PRICE_MINOR = 60_00;
  private static final String REASON = "The second day is shorter than announced";
  private static final Duration UNTIL_THE_SECOND_ATTEMPT = Duration.ofHours(2);
  private static final Duration UNTIL_THE_LAST_ATTEMPT = Duration.ofHours(25);

  @Test
  void an_organizer_refunds_an_amount_and_the_tickets_stay_valid(World world) {
    Organization organization = world.anOrganization();
    Person ada = world.somebody("Ada Attendee");
    Registration registration = paid(ada, organization.publishes(5, PRICE_MINOR), Card.PAYS);
    Payment payment = registration.payment();
    Person owner = organization.owner();
    world.invariants().hold();
    Ledger before = Ledger.of(world);

    JsonNode preview = payment.previewsRefund(owner, 25_00);
    Refund refund = payment.isRefundedBy(owner, 25_00, REASON);

    refund.becomes("succeeded");
    assertThat(payment.refundedMinor()).isEqualTo(25_00);
    assertThat(registration.status()).isEqualTo("confirmed");
    assertThat(
            world
                .mailbox()
                .awaitMail(ada.email(), "You get money back for", registration.reference())
                .text())
        .contains("25.00", REASON);
    assertThat(payment.triesRefund(owner, 95_01, REASON).code()).isEqualTo("exceeds-refundable");
    assertThat(payment.triesRefund(ada, 10_00, REASON).status()).isEqualTo(404);
    world.invariants().hold();
    Ledger after = Ledger.of(world);
    assertThat(after.since(before, "CAD", "organization:" + organization.id()))
        .isEqualTo(amountMinor(preview, "organizationShare"));
    assertThat(after.since(before, "CAD", "platform-fees"))
        .isEqualTo(amountMinor(preview, "platformShare"));
    assertThat(amountMinor(preview, "organizationShare") + amountMinor(preview, "platformShare"))
        .isEqualTo(25_00);
  }

  @Test
  void a_refund_that_banks_send_back_is_tried_again_and_then_owed_with_a_task(World world) {
    Organization organization = world.anOrganization();
    Person ada = world.somebody("Ada Attendee");
    Registration registration =
        paid(ada, organization.publishes(5, PRICE_MINOR), Card.REFUSES_REFUNDS);
    Payment payment = registration.payment();

    Refund refund = payment.isRefundedBy(organization.owner(), 25_00, REASON);

    Mailbox mails = world.mailbox();
    mails.awaitMail(ada.email(), "Your refund for", registration.reference());
    mails.awaitMail(ada.email(), "Your bank has sent back your refund", registration.reference());
    world.await("the first attempt has failed", () -> refund.status().equals("requested"));
    world.passes(UNTIL_THE_SECOND_ATTEMPT);
    world.await("there is a second attempt", () -> refund.attempts() == 2);
    world.await("the second attempt has failed", () -> failedAttempts(refund) == 2);
    world.passes(UNTIL_THE_LAST_ATTEMPT);
    refund.becomes("failed");
    assertThat(payment.refundedMinor()).isZero();
    assertThat(world.finance().api().get("/api/v1/finance/breaks?limit=100").expect(200).data())
        .anySatisfy(open -> {
          assertThat(open.path("kind").asString()).isEqualTo("refund-owed");
          assertThat(open.path("paymentId").asString()).isEqualTo(payment.id().toString());
        });
  }

  @Test
  void refunds_in_stripes_dashboard_before_beside_and_after_ours_add_up(World world) {
    Organization organization = world.anOrganization();
    Person ada = world.somebody("Ada Attendee");
    Registration registration = paid(ada, organization.publishes(5, PRICE_MINOR), Card.PAYS);
    Payment payment = registration.payment();
    Person owner = organization.owner();
    String charge = payment.chargeAtStripe();

    world.stripe().triesRefundInDashboard(charge, 10_00).expect(200);
    world.await("the dashboard's is known", () -> payment.refundedMinor() == 10_00);
    payment.isRefundedBy(owner, 20_00, REASON).becomes("succeeded");
    AtOnce.numbered(
        2,
        i ->
            i == 0
                ? world.stripe().triesRefundInDashboard(charge, 30_00).expect(200)
                : payment.triesRefund(owner, 30_00, REASON).expect(202));
    world.await("both are known", () -> payment.refundedMinor() == 90_00);
    world.stripe().triesRefundInDashboard(charge, 30_00).expect(200);

    world.await("everything is back", () -> payment.refundedMinor() == 2 * PRICE_MINOR);
    assertThat(payment.triesRefund(owner, 10, REASON).code()).isEqualTo("nothing-to-refund");
    assertThat(world.stripe().refundsOf(charge)).hasSize(5);
    world.mailbox().awaitMail(owner.email(), "A refund for");
  }

  @Test
  void a_dashboard_refund_and_a_cancellation_at_the_same_moment_give_back_what_was_paid(
      World world) {
    Organization organization = world.anOrganization();
    Person ada = world.somebody("Ada Attendee");
    Registration registration = paid(ada, organization.publishes(5, PRICE_MINOR), Card.PAYS);
    Payment payment = registration.payment();
    String charge = payment.chargeAtStripe();

    AtOnce.<Answer>numbered(
        2,
        i ->
            i == 0
                ? world.stripe().triesRefundInDashboard(charge, 2 * PRICE_MINOR)
                : registration.cancellation().tried().expect(200));

    registration.becomes("cancelled");
    world.await("everything is back", () -> payment.refundedMinor() == 2 * PRICE_MINOR);
  }

  private static Registration paid(Person buyer, PublishedEvent event, Card card) {
    Registration registration = buyer.registersFor(event, 2);
    registration.payment().checkout().paysWith(card);
    return registration.becomes("confirmed");
  }

  private static long failedAttempts(Refund refund) {
    return refund
        .view()
        .path("attempts")
        .valueStream()
        .filter(attempt -> attempt.path("status").asString().equals("failed"))
        .count();
  }

  private static long amountMinor(JsonNode preview, String share) {
    return preview.path(share).path("amountMinor").asLong();
  }
}
