package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Card;
import io.cpdevents.driver.Checkout;
import io.cpdevents.driver.Order;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import io.cpdevents.platform.test.AtOnce;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@Journey
class CrowdsIT {

  private static final int CROWD = 200;
  private static final int LAST_PLACES = 50;
  private static final int PEOPLE = 5;
  private static final int EQUAL_POSTS = 10;
  private static final int CLICKS = 6;

  @Test
  void two_hundred_at_once_for_the_last_fifty_places(World world) {
    PublishedEvent event = world.anOrganization().publishes(LAST_PLACES, 25_00);
    List<Person> people =
        IntStream.range(0, PEOPLE).mapToObj(_ -> world.somebody("Cora Crowd")).toList();

    List<Answer> answers =
        AtOnce.numbered(CROWD, i -> people.get(i % PEOPLE).triesToRegisterFor(event, 1));

    IntStream.range(0, CROWD)
        .filter(i -> answers.get(i).isSuccess())
        .forEach(i -> people.get(i % PEOPLE).registration(answers.get(i)));
    assertThat(
            answers.stream().collect(Collectors.groupingBy(Answer::outcome, Collectors.counting())))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("201", (long) LAST_PLACES, "409 sold-out", (long) CROWD - LAST_PLACES));
    assertThat(event.placesLeft()).isZero();
  }

  @Test
  void ten_equal_posts_with_one_key_make_one_registration(World world) {
    PublishedEvent event = world.anOrganization().publishes(50, 25_00);
    Person ian = world.somebody("Ian Impatient");

    Api impatient = ian.api().with("Idempotency-Key", "the-same-key");
    Order order = Order.of(ian, event, 1);

    List<Answer> answers =
        AtOnce.numbered(EQUAL_POSTS, _ -> impatient.post(event.registrationsPath(), order));

    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.outcome()).isIn("201", "409 in-progress"));
    Answer again = impatient.post(event.registrationsPath(), order).expect(201);
    ian.registration(again);
    assertThat(answers.stream().filter(Answer::isSuccess))
        .allSatisfy(answer -> assertThat(answer.body()).isEqualTo(again.body()));
    assertThat(ian.registrations()).isEqualTo(1);
    assertThat(event.placesLeft()).isEqualTo(49);
    assertThat(impatient.post(event.registrationsPath(), Order.of(ian, event, 2)).code())
        .isEqualTo("idempotency-key-reused");
  }

  @Test
  void six_clicks_on_pay_make_one_charge(World world) {
    PublishedEvent event = world.anOrganization().publishes(5, 25_00);
    Registration registration = world.somebody("Clio Clicker").registersFor(event, 1);
    Payment payment = registration.payment();

    List<Answer> clicks = AtOnce.numbered(CLICKS, _ -> payment.triesCheckout());
    List<Checkout> pages =
        clicks.stream().filter(Answer::isSuccess).map(payment::checkout).distinct().toList();

    assertThat(clicks).allSatisfy(click -> assertThat(click.status()).isIn(201, 409));
    assertThat(pages).hasSize(1);
    assertThat(AtOnce.numbered(CLICKS, _ -> pages.getFirst().triesToPayWith(Card.PAYS)))
        .filteredOn(Answer::isSuccess)
        .hasSize(1);
    registration.becomes("confirmed");
    assertThat(
            world
                .databases()
                .number(
                    "billing",
                    "SELECT count(*) FROM stripe_charge WHERE payment_id = ?",
                    payment.id()))
        .isEqualTo(1);
  }
}
