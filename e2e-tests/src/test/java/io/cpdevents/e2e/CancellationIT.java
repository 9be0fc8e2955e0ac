package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Card;
import io.cpdevents.driver.Checkout;
import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.Ledger;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@Journey
class CancellationIT {

  private static final Map<String, Object> A_THIRD_GOES_BACK =
      Map.of("tiers", List.of(Map.of("untilHoursBeforeStart", 24, "refundBasisPoints", 33_33)));
  private static final Map<String, Object> NOTHING_GOES_BACK = Map.of("tiers", List.of());
  private static final Duration A_SLOW_BANK = Duration.ofHours(6);
  private static final String REASON = "The hall is smaller than we had thought";

  @Test
  void a_hold_that_its_buyer_lets_go_gives_its_places_back(World world) {
    PublishedEvent event = world.anOrganization().publishes(2, 40_00);
    Person hal = world.somebody("Hal Hesitant");
    Registration held = hal.registersFor(event, 2);
    Payment payment = held.payment();
    Checkout page = payment.checkout();
    Person next = world.somebody("Nia Next");
    assertThat(next.triesToRegisterFor(event, 1).code()).isEqualTo("sold-out");

    held.cancellation().done();

    assertThat(held.status()).isEqualTo("cancelled");
    assertThat(event.placesLeft()).isEqualTo(2);
    assertThat(held.cancellation().tried().code()).isEqualTo("already-cancelled");
    payment.becomes("cancelled");
    // Knocking with a good card would pay on a page that is still closing, and late money counts.
    world.await(
        "Stripe's page is closed", () -> page.triesToPayWith(Card.DECLINED).status() != 402);
    next.registersFor(event, 2).isPaid().becomes("confirmed");
    assertThat(world.mailbox().find(hal.email(), "Your registration for", "")).isEmpty();
  }

  @Test
  void money_for_a_hold_that_was_let_go_goes_back_in_full(World world) {
    PublishedEvent event = world.anOrganization().publishes(5, 60_00);
    Person lea = world.somebody("Lea Late");
    Registration letGo = lea.registersFor(event, 2);
    Payment payment = letGo.payment();
    String onItsWay = payment.checkout().paysSlowly(A_SLOW_BANK);
    letGo.cancellation().done();

    world.stripe().moneyArrives(onItsWay);

    world.await("the money goes back", () -> payment.refundedMinor() == 120_00);
    assertThat(letGo.status()).isEqualTo("cancelled");
    assertThat(event.placesLeft()).isEqualTo(5);
    world.mailbox().awaitMail(lea.email(), "We are refunding your payment for", letGo.reference());
  }

  @Test
  void one_ticket_of_three_goes_back_by_the_policy_and_all_amounts_add_up(World world) {
    Organization organization = world.anOrganization();
    PublishedEvent event =
        EventDraft.of(organization, 5).with("refundPolicy", A_THIRD_GOES_BACK).publishedAt(23_90);
    Person ada = world.somebody("Ada Attendee");
    Registration registration = ada.registersFor(event, 3).isPaid().becomes("confirmed");
    Payment payment = registration.payment();
    List<UUID> first = registration.ticketIds().subList(0, 1);
    world.invariants().hold();
    Ledger before = Ledger.of(world);

    long refund = registration.cancellation().ofTickets(first).preview().refundMinor();
    registration.cancellation().ofTickets(first).done();

    // A third of 71.70 is 23.90, in parts of 7.97, 7.97 and 7.96.
    assertThat(refund).isEqualTo(7_97);
    assertThat(registration.status()).isEqualTo("confirmed");
    assertThat(event.placesLeft()).isEqualTo(3);
    assertThat(
            world.mailbox().awaitMail(ada.email(), "Tickets for", registration.reference()).text())
        .contains("7.97", "15.93");
    world.mailbox().awaitMail(ada.email(), "Your refund for", "7.97");
    world.mailbox().awaitMail("guest1." + ada.email(), "Your ticket for", "cancelled");
    world.invariants().hold();
    assertThat(payment.refundedMinor()).isEqualTo(refund);
    Ledger after = Ledger.of(world);
    assertThat(after.since(before, "CAD", "stripe")).isEqualTo(-refund);
    assertThat(
            after.since(before, "CAD", "organization:" + organization.id())
                + after.since(before, "CAD", "platform-fees"))
        .isEqualTo(refund);

    registration.cancellation().done();

    registration.becomes("cancelled");
    world.await("the rest goes back", () -> payment.refundedMinor() == 23_90);
    assertThat(event.placesLeft()).isEqualTo(5);
  }

  @Test
  void a_free_registration_is_cancelled_and_no_money_moves(World world) {
    PublishedEvent event = world.anOrganization().publishes(5, 0);
    Person ada = world.somebody("Ada Attendee");
    Registration registration = ada.registersFor(event, 3);

    registration.cancellation().done();

    assertThat(registration.status()).isEqualTo("cancelled");
    assertThat(event.placesLeft()).isEqualTo(5);
    world.mailbox().awaitMail(ada.email(), "Your registration for", registration.reference());
    assertThat(registration.asksForPayment().expect(200).data()).isEmpty();
  }

  @Test
  void an_organizer_gives_everything_back_with_a_reason_though_the_policy_gives_nothing(
      World world) {
    Organization organization = world.anOrganization();
    PublishedEvent event =
        EventDraft.of(organization, 5).with("refundPolicy", NOTHING_GOES_BACK).publishedAt(60_00);
    Person ada = world.somebody("Ada Attendee");
    Registration registration = ada.registersFor(event, 2).isPaid().becomes("confirmed");
    Payment payment = registration.payment();
    assertThat(registration.cancellation().preview().refundMinor()).isZero();
    assertThat(registration.cancellation().refunding("full").tried().code())
        .isEqualTo("role-missing");

    registration
        .cancellation()
        .by(organization.owner())
        .because(REASON)
        .refunding("full")
        .done()
        .becomes("cancelled");

    world.await("everything goes back", () -> payment.refundedMinor() == 120_00);
    assertThat(
            world
                .mailbox()
                .awaitMail(ada.email(), "Your registration for", registration.reference())
                .text())
        .contains(REASON, "120.00");
  }

  @Test
  void an_organizer_cancels_and_gives_nothing_back(World world) {
    Organization organization = world.anOrganization();
    PublishedEvent event = organization.publishes(5, 60_00);
    Person ada = world.somebody("Ada Attendee");
    Registration registration = ada.registersFor(event, 2).isPaid().becomes("confirmed");
    Payment payment = registration.payment();

    registration
        .cancellation()
        .by(organization.owner())
        .because(REASON)
        .refunding("none")
        .done()
        .becomes("cancelled");

    assertThat(
            world
                .mailbox()
                .awaitMail(ada.email(), "Your registration for", registration.reference())
                .text())
        .contains(REASON);
    world.invariants().hold();
    assertThat(payment.refundedMinor()).isZero();
    assertThat(event.placesLeft()).isEqualTo(5);
  }
}
