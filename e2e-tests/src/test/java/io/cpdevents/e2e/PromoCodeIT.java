package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.Ledger;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Journey
class PromoCodeIT {

  private static final Map<String, Object> EVERYTHING_GOES_BACK =
      Map.of("tiers", List.of(Map.of("untilHoursBeforeStart", 24, "refundBasisPoints", 100_00)));

  @Test
  void one_ticket_of_three_with_a_promo_code_goes_back_and_the_use_lives_until_the_last(
      World world) {
    Organization organization = world.anOrganization();
    PublishedEvent event =
        EventDraft.of(organization, 5)
            .with("refundPolicy", EVERYTHING_GOES_BACK)
            .publishedAt(23_90);
    String code = organization.makesPromoCode("QUARTER", onlyOnce(25_00)).id().toString();
    Person ada = world.somebody("Ada Attendee");
    Registration registration =
        ada.registration(ada.triesToRegisterFor(event, 3, "quarter").expect(201));
    Answer second = world.somebody("Sam Second").triesToRegisterFor(event, 1, "QUARTER");
    Payment payment = registration.isPaid().becomes("confirmed").payment();
    world.invariants().hold();
    Ledger before = Ledger.of(world);

    // 25 % of 71.70 is 17.925: 17.93, in parts of 5.98, 5.98 and 5.97.
    long refund =
        registration
            .cancellation()
            .ofTickets(registration.ticketIds().subList(0, 1))
            .preview()
            .refundMinor();
    registration.cancellation().ofTickets(registration.ticketIds().subList(0, 1)).done();

    assertThat(second.code()).isEqualTo("promo-exhausted");
    assertThat(registration.totalMinor()).isEqualTo(53_77);
    assertThat(refund).isEqualTo(17_92);
    world.await("the ticket's money goes back", () -> payment.refundedMinor() == refund);
    assertThat(uses(organization, code)).isEqualTo(1);
    world.invariants().hold();
    assertThat(Ledger.of(world).since(before, "CAD", "stripe")).isEqualTo(-refund);
    registration.cancellation().done();
    registration.becomes("cancelled");
    world.await("the rest goes back", () -> payment.refundedMinor() == 53_77);
    assertThat(uses(organization, code)).isZero();
  }

  @Test
  void a_use_that_is_not_paid_comes_back_with_its_places_and_a_free_one_needs_no_payment(
      World world) {
    Organization organization = world.anOrganization();
    PublishedEvent event = organization.publishes(5, 40_00);
    organization.makesPromoCode("ALL", onlyOnce(100_00));
    organization.makesPromoCode("HALF", onlyOnce(50_00));
    Person hal = world.somebody("Hal Hesitant");
    Person nia = world.somebody("Nia Next");

    Registration free = nia.registration(nia.triesToRegisterFor(event, 1, "ALL").expect(201));
    Registration held = hal.registration(hal.triesToRegisterFor(event, 1, "HALF").expect(201));
    world.leaps(Duration.ofMinutes(31));
    held.becomes("expired");

    assertThat(free.status()).isEqualTo("confirmed");
    world.mailbox().awaitMail(nia.email(), "Your tickets for", free.reference());
    nia.registration(nia.triesToRegisterFor(event, 1, "HALF").expect(201))
        .isPaid()
        .becomes("confirmed");
  }

  private static Map<String, Object> onlyOnce(int percentOff) {
    return Map.of("percentOff", percentOff, "maxUses", 1);
  }

  private static int uses(Organization organization, String code) {
    return organization
        .owner()
        .api()
        .get("/api/v1/promo-codes/" + code)
        .expect(200)
        .json()
        .path("uses")
        .asInt(-1);
  }
}
