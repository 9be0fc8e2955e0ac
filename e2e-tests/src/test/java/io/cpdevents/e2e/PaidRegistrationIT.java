package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Card;
import io.cpdevents.driver.Mail;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Journey
class PaidRegistrationIT {

  private static final long PRICE_MINOR = 125_50;

  @Test
  void a_paid_registration_is_held_paid_confirmed_and_in_the_mail(World world) {
    Organization institute = world.anOrganization();
    PublishedEvent event = institute.publishes(10, PRICE_MINOR);
    Person ada = world.somebody("Ada Attendee");

    Registration registration = ada.registersFor(event, 2);
    assertThat(registration.statusAtFirst()).isEqualTo("held");
    assertThat(registration.totalMinor()).isEqualTo(2 * PRICE_MINOR);
    assertThat(event.placesLeft()).isEqualTo(8);

    Payment payment = registration.payment();
    assertThat(payment.status()).isEqualTo("awaiting-payment");
    payment.checkout().paysWith(Card.PAYS);

    registration.becomes("confirmed");
    assertThat(payment.status()).isEqualTo("captured");
    Mail mail =
        world.mailbox().awaitMail(ada.email(), "Your tickets for", registration.reference());
    for (JsonNode ticket : registration.view().get("tickets")) {
      assertThat(mail.text()).contains(ticket.get("code").asString());
    }
    assertThat(event.placesLeft()).isEqualTo(8);
    world.await("the organization's balance", () -> institute.balanceMinor() == proceeds(2));
    assertThat(exportedLines(world)).contains(payment.id().toString());
  }

  /** What finance gets of the last day, as CSV. */
  private static String exportedLines(World world) {
    String path = "/api/v1/finance/export?from=%s&to=%s";
    Instant now = world.now();
    return world
        .finance()
        .api()
        .get(path.formatted(now.minus(Duration.ofDays(1)), now.plus(Duration.ofMinutes(1))))
        .expect(200)
        .body();
  }

  @Test
  void several_people_pay_for_one_event(World world) {
    PublishedEvent event = world.anOrganization().publishes(3, PRICE_MINOR);

    Registration first = world.somebody("Ada Attendee").registersFor(event, 1).isPaid();
    Registration second = world.somebody("Ben Buyer").registersFor(event, 2).isPaid();

    first.becomes("confirmed");
    second.becomes("confirmed");
    assertThat(event.placesLeft()).isZero();
    assertThat(world.somebody("Cleo Late").triesToRegisterFor(event, 1).code())
        .isEqualTo("sold-out");
  }

  /** The Free plan takes 5 % and 50 cents a ticket. */
  private static long proceeds(int tickets) {
    long total = tickets * PRICE_MINOR;
    return total - (total * 500 + 5_000) / 10_000 - tickets * 50L;
  }
}
