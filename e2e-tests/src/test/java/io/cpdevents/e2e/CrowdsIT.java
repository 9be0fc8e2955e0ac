package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
  void two_hundred_at_once_for_the_last_fifty_places(World world) throws Exception {
    PublishedEvent event = world.anOrganization().publishes(LAST_PLACES, 25_00);
    List<Person> people =
        IntStream.range(0, PEOPLE).mapToObj(_ -> world.somebody("Cora Crowd")).toList();

    List<Attempt> attempts =
        AtOnce.all(
            IntStream.range(0, CROWD)
                .mapToObj(i -> people.get(i % PEOPLE))
                .<Callable<Attempt>>map(
                    person -> () -> new Attempt(person, person.triesToRegisterFor(event, 1)))
                .toList());

    Map<String, Long> outcomes =
        attempts.stream()
            .collect(
                Collectors.groupingBy(
                    attempt -> attempt.answer().status() + attempt.answer().code(),
                    Collectors.counting()));
    attempts.stream()
        .filter(attempt -> attempt.answer().status() == 201)
        .forEach(attempt -> attempt.person().registration(attempt.answer()));
    assertThat(outcomes)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("201", (long) LAST_PLACES, "409sold-out", (long) CROWD - LAST_PLACES));
    assertThat(event.placesLeft()).isZero();
  }

  @Test
  void ten_equal_posts_with_one_key_make_one_registration(World world) throws Exception {
    PublishedEvent event = world.anOrganization().publishes(50, 25_00);
    Person ian = world.somebody("Ian Impatient");

    List<Api.Answer> answers =
        AtOnce.all(
            IntStream.range(0, EQUAL_POSTS)
                .<Callable<Api.Answer>>mapToObj(
                    _ -> () -> ian.triesToRegisterFor(event, 1, "the-same-key"))
                .toList());

    assertThat(answers)
        .allSatisfy(
            answer -> assertThat(answer.status() + answer.code()).isIn("201", "409in-progress"));
    Api.Answer again = ian.triesToRegisterFor(event, 1, "the-same-key").expect(201);
    ian.registration(again);
    assertThat(answers.stream().filter(answer -> answer.status() == 201))
        .allSatisfy(answer -> assertThat(answer.body()).isEqualTo(again.body()));
    assertThat(ian.registrations()).isEqualTo(1);
    assertThat(event.placesLeft()).isEqualTo(49);
    assertThat(ian.triesToRegisterFor(event, 2, "the-same-key").code())
        .isEqualTo("idempotency-key-reused");
  }

  @Test
  void six_clicks_on_pay_make_one_charge(World world) throws Exception {
    PublishedEvent event = world.anOrganization().publishes(5, 25_00);
    Registration registration = world.somebody("Clio Clicker").registersFor(event, 1);
    Payment payment = registration.payment();

    List<Api.Answer> clicks =
        AtOnce.all(
            IntStream.range(0, CLICKS)
                .<Callable<Api.Answer>>mapToObj(_ -> payment::triesCheckout)
                .toList());
    List<Checkout> pages = new ArrayList<>();
    clicks.stream()
        .filter(click -> click.status() == 201)
        .map(payment::checkout)
        .distinct()
        .forEach(pages::add);

    assertThat(clicks).allSatisfy(click -> assertThat(click.status()).isIn(201, 409));
    assertThat(pages).hasSize(1);
    AtOnce.all(
        IntStream.range(0, CLICKS)
            .<Callable<Api.Answer>>mapToObj(
                _ -> () -> world.stripe().pay(pages.getFirst().sessionId(), Card.PAYS))
            .toList());
    registration.becomes("confirmed");
    assertThat(
            world
                .databases()
                .number(
                    "billing",
                    "SELECT count(*) FROM stripe_charge WHERE payment_id = '" + payment.id() + "'"))
        .isEqualTo(1);
  }

  private record Attempt(Person person, Api.Answer answer) {}
}
