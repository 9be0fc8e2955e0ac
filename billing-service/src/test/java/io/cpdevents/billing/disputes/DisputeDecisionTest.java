package io.cpdevents.billing.disputes;

import static io.cpdevents.billing.disputes.DisputeScenarios.DUE;
import static io.cpdevents.billing.disputes.DisputeScenarios.NOON;
import static io.cpdevents.billing.disputes.DisputeScenarios.cad;
import static io.cpdevents.billing.disputes.DisputeScenarios.payment;
import static io.cpdevents.billing.disputes.DisputeScenarios.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.billing.disputes.DisputeMoney.Booking;
import io.cpdevents.billing.disputes.DisputeScenarios.Course;
import io.cpdevents.billing.disputes.DisputeScenarios.Told;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.Posting;
import io.cpdevents.contracts.billing.DisputeEvent;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeClosed;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeDeadlineNear;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeEscalated;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeOpened;
import io.cpdevents.contracts.billing.DisputeOutcome;
import io.cpdevents.platform.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisputeDecisionTest {

  private static final Money NOTHING = cad(0);

  @Test
  void a_chargeback_sets_the_organizations_share_aside_and_blocks_refunds() {
    Course course = new Course(payment());

    List<DisputeEffect> effects = course.on(told("needs_response").withdrawn());

    assertThat(posted(effects)).containsExactly("organization -9000", "held 9000");
    assertThat(course.payment().left()).isEqualTo(NOTHING);
    assertThat(course.payment().disputed()).isEqualTo(cad(10_000));
    assertThat(course.openDisputes()).isEqualTo(1);
    assertThat(atStake(effects)).isEqualTo(cad(9_000));
    assertThat(events(effects))
        .singleElement()
        .isInstanceOfSatisfying(
            DisputeOpened.class,
            opened -> {
              assertThat(opened.inquiry()).isFalse();
              assertThat(opened.wholePayment()).isTrue();
              assertThat(opened.amount().amountMinor()).isEqualTo(10_000);
              assertThat(opened.reason()).isEqualTo("product_not_received");
              assertThat(opened.dueBy()).isEqualTo(DUE);
            });
    assertThat(openBreaks(effects)).isEmpty();
  }

  @Test
  void the_organization_bears_all_when_the_platform_keeps_its_fee() {
    Course course = new Course(payment(false));

    List<DisputeEffect> effects = course.on(told("needs_response").withdrawn());
    List<DisputeEffect> lost = course.on(told("lost").withdrawn());

    assertThat(posted(effects)).containsExactly("organization -10000", "held 10000");
    assertThat(posted(lost)).containsExactly("held -10000", "disputes 10000");
  }

  @Test
  void a_dispute_of_forty_of_a_hundred_leaves_sixty_and_is_not_about_the_whole() {
    Course course = new Course(payment());

    List<DisputeEffect> effects = course.on(told("needs_response").of(cad(4_000)).withdrawn());

    assertThat(course.payment().left()).isEqualTo(cad(6_000));
    assertThat(posted(effects)).containsExactly("organization -3600", "held 3600");
    assertThat(events(effects))
        .singleElement()
        .isInstanceOfSatisfying(
            DisputeOpened.class, opened -> assertThat(opened.wholePayment()).isFalse());
  }

  @Test
  void a_lost_dispute_takes_both_shares_and_lets_the_rest_be_refunded() {
    Course course = new Course(payment());
    course.on(told("needs_response").of(cad(4_000)).withdrawn());

    List<DisputeEffect> effects = course.on(told("lost").of(cad(4_000)).withdrawn());

    assertThat(posted(effects))
        .containsExactly("held -3600", "platform-fees -400", "disputes 4000");
    assertThat(course.openDisputes()).isZero();
    assertThat(course.payment().left()).isEqualTo(cad(6_000));
    assertThat(atStake(effects)).isEqualTo(NOTHING);
    assertClosed(effects, DisputeOutcome.LOST, 4_000);
  }

  @Test
  void a_won_dispute_releases_everything() {
    Course course = new Course(payment());
    Told open = told("needs_response").withdrawn();
    course.on(open);

    List<DisputeEffect> effects = course.on(told("won").withdrawn().moving(cad(10_000)));

    assertThat(posted(effects)).containsExactly("organization 9000", "held -9000");
    assertThat(course.payment().left()).isEqualTo(cad(10_000));
    assertThat(course.openDisputes()).isZero();
    assertThat(course.dispute().isSettled()).isTrue();
    assertClosed(effects, DisputeOutcome.WON, 0);
  }

  @Test
  void a_win_whose_money_has_not_come_back_stays_set_aside_and_is_asked_about() {
    Course course = new Course(payment());
    course.on(told("needs_response").withdrawn());

    List<DisputeEffect> won = course.on(told("won").withdrawn());
    assertThat(posted(won)).isEmpty();
    assertClosed(won, DisputeOutcome.WON, 0);
    assertThat(course.openDisputes()).isEqualTo(1);
    assertThat(course.dispute().isSettled()).isFalse();

    List<DisputeEffect> back = course.on(told("won").withdrawn().moving(cad(10_000)));
    assertThat(posted(back)).containsExactly("organization 9000", "held -9000");
    assertThat(course.openDisputes()).isZero();
    assertThat(events(back)).isEmpty();
  }

  @Test
  void of_a_win_in_part_the_rest_is_lost() {
    Course course = new Course(payment());
    course.on(told("needs_response").withdrawn());

    List<DisputeEffect> effects = course.on(told("won").withdrawn().moving(cad(6_000)));

    assertThat(posted(effects))
        .containsExactly(
            "organization 5400", "held -5400", "held -3600", "platform-fees -400", "disputes 4000");
    assertThat(course.payment().left()).isEqualTo(cad(6_000));
    assertClosed(effects, DisputeOutcome.WON, 4_000);
  }

  @Test
  void lost_and_won_the_day_after() {
    Course course = new Course(payment());
    course.on(told("needs_response").withdrawn());
    course.on(told("lost").withdrawn());

    List<DisputeEffect> effects =
        course.on(told("won").withdrawn().moving(cad(10_000)), NOON.plus(Duration.ofDays(1)));

    assertThat(posted(effects))
        .containsExactly("disputes -10000", "organization 9000", "platform-fees 1000");
    assertThat(course.payment().left()).isEqualTo(cad(10_000));
    assertThat(course.dispute().money().booking()).isEqualTo(Booking.NONE);
    assertThat(events(effects)).singleElement().isInstanceOf(DisputeClosed.class);
  }

  @Test
  void what_a_bank_gives_back_while_it_says_lost_frees_what_waits_for_it() {
    Course course = new Course(payment());
    course.on(told("needs_response").withdrawn());
    assertThat(course.on(told("lost").withdrawn()))
        .as("the loss itself")
        .noneMatch(DisputeEffect.OweRefundsAgain.class::isInstance);

    List<DisputeEffect> effects = course.on(told("lost").withdrawn().moving(cad(4_000)));

    assertThat(effects).anyMatch(DisputeEffect.OweRefundsAgain.class::isInstance);
    assertThat(course.payment().left()).isEqualTo(cad(4_000));
  }

  @Test
  void told_twice_moves_nothing_and_says_nothing() {
    for (String status : List.of("needs_response", "under_review", "lost")) {
      Course course = new Course(payment());
      Told told = told(status).withdrawn();
      course.on(told);

      List<DisputeEffect> again = course.on(told);

      assertThat(posted(again)).isEmpty();
      assertThat(events(again)).isEmpty();
      assertThat(again).noneMatch(DisputeEffect.Take.class::isInstance);
      assertThat(course.openDisputes()).isEqualTo(status.equals("lost") ? 0 : 1);
    }
  }

  @Test
  void what_was_fetched_before_something_happened_changes_nothing() {
    Course course = new Course(payment());
    Told inquiry = told("warning_needs_response");
    course.on(inquiry);
    Told open = told("needs_response").withdrawn();
    course.on(open);
    course.on(told("under_review").withdrawn().submitted());
    assertThat(course.on(inquiry)).isEmpty();
    assertThat(course.on(open)).isEmpty();

    course.on(told("won").withdrawn().submitted().moving(cad(10_000)));
    assertThat(course.on(told("lost").withdrawn().submitted())).isEmpty();
    assertThat(course.on(told("under_review").withdrawn().submitted())).isEmpty();
    assertThat(course.dispute().claim().stripeStatus()).isEqualTo("won");
  }

  @Test
  void what_is_open_is_late_after_its_end_although_no_money_has_moved_since() {
    Course course = new Course(payment());
    course.on(told("lost").withdrawn());
    assertThat(course.on(told("needs_response").withdrawn())).isEmpty();
    assertThat(course.dispute().claim().stripeStatus()).isEqualTo("lost");
  }

  @Test
  void an_inquiry_moves_no_money_and_may_become_a_chargeback() {
    Course course = new Course(payment());

    List<DisputeEffect> asked = course.on(told("warning_needs_response"));
    assertThat(posted(asked)).isEmpty();
    assertThat(atStake(asked)).isEqualTo(cad(9_000));
    assertThat(course.openDisputes()).isZero();
    assertThat(events(asked))
        .singleElement()
        .isInstanceOfSatisfying(
            DisputeOpened.class, opened -> assertThat(opened.inquiry()).isTrue());

    List<DisputeEffect> taken = course.on(told("needs_response").withdrawn());
    assertThat(posted(taken)).containsExactly("organization -9000", "held 9000");
    assertThat(course.openDisputes()).isEqualTo(1);
    assertThat(events(taken)).singleElement().isInstanceOf(DisputeEscalated.class);
  }

  @Test
  void an_inquiry_that_ends_is_told_and_nothing_was_at_stake() {
    Course course = new Course(payment());
    course.on(told("warning_needs_response"));

    List<DisputeEffect> effects = course.on(told("warning_closed"));

    assertClosed(effects, DisputeOutcome.INQUIRY_CLOSED, 0);
    assertThat(atStake(effects)).isEqualTo(NOTHING);
    assertThat(course.dispute().isSettled()).isTrue();
  }

  @Test
  void a_decision_after_an_inquiry_tells_the_chargeback_first() {
    Course course = new Course(payment());
    course.on(told("warning_needs_response"));

    List<DisputeEffect> effects = course.on(told("lost").withdrawn());

    assertThat(events(effects))
        .<Class<?>>extracting(DisputeEvent::getClass)
        .containsExactly(DisputeEscalated.class, DisputeClosed.class);
    assertThat(posted(effects))
        .containsExactly(
            "organization -9000",
            "held 9000",
            "held -9000",
            "platform-fees -1000",
            "disputes 10000");
    assertThat(course.openDisputes()).isZero();
  }

  @Test
  void a_dispute_that_was_prevented_before_it_began_is_told_by_its_end_alone() {
    Course course = new Course(payment());

    List<DisputeEffect> effects = course.on(told("prevented").dueBy(null));

    assertClosed(effects, DisputeOutcome.PREVENTED, 0);
    assertThat(course.openDisputes()).isZero();
    assertThat(course.dispute().closedAt()).isEqualTo(NOON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"needs_more_time", "reopened", ""})
  void a_status_that_nobody_knows_is_kept_and_decides_nothing(String status) {
    Course course = new Course(payment());
    course.on(told("needs_response").withdrawn());

    List<DisputeEffect> effects = course.on(told(status).withdrawn());

    assertThat(course.dispute().claim().stripeStatus()).isEqualTo(status);
    assertThat(course.dispute().status()).isEqualTo(DisputeStatus.OPEN);
    assertThat(posted(effects)).isEmpty();
    assertThat(events(effects)).isEmpty();
  }

  @Test
  void money_that_was_taken_under_an_unknown_status_is_set_aside() {
    Course course = new Course(payment());
    course.on(told("something_new"));
    assertThat(course.dispute().status()).isEqualTo(DisputeStatus.INQUIRY);

    List<DisputeEffect> effects = course.on(told("something_new").withdrawn());

    assertThat(posted(effects)).containsExactly("organization -9000", "held 9000");
    assertThat(events(effects)).singleElement().isInstanceOf(DisputeEscalated.class);
  }

  @Test
  void what_is_more_than_the_charge_is_nobodys_share_and_a_person_is_asked() {
    Course course = new Course(payment());

    List<DisputeEffect> effects = course.on(told("needs_response").of(cad(12_500)).withdrawn());

    assertThat(posted(effects)).containsExactly("organization -9000", "held 9000");
    assertThat(openBreaks(effects)).containsExactly("DISPUTE_EXCEEDS_CHARGE 2500");
    List<DisputeEffect> won =
        course.on(told("won").of(cad(12_500)).withdrawn().moving(cad(12_500)));
    assertThat(openBreaks(won)).isEmpty();
    assertThat(won)
        .anyMatch(effect ->
            effect instanceof DisputeEffect.ResolveBreak resolve
                && resolve.kind() == BreakKind.DISPUTE_EXCEEDS_CHARGE);
  }

  @Test
  void what_was_written_off_releases_nothing_that_a_win_has_not_given_back_yet() {
    Course course = new Course(payment());
    course.on(told("needs_response").of(cad(12_500)).withdrawn());
    course.on(told("lost").of(cad(12_500)).withdrawn());
    DisputeDecision.onWriteOff(course.facts(), cad(2_500)).forEach(course::apply);

    List<DisputeEffect> won = course.on(told("won").of(cad(12_500)).withdrawn());

    assertThat(posted(won))
        .containsExactly(
            "disputes -10000",
            "organization 9000",
            "platform-fees 1000",
            "organization -9000",
            "held 9000");
    assertThat(course.openDisputes()).isEqualTo(1);
    assertThat(openBreaks(won)).isEmpty();
    List<DisputeEffect> back =
        course.on(told("won").of(cad(12_500)).withdrawn().moving(cad(12_500)));
    assertThat(posted(back)).containsExactly("organization 9000", "held -9000");
    assertThat(openBreaks(back)).containsExactly("DISPUTE_EXCEEDS_CHARGE -2500");
    assertThat(course.openDisputes()).isZero();
  }

  @Test
  void after_a_refund_only_what_is_left_is_taken() {
    Course course = new Course(payment());
    course.refund(cad(3_000));

    List<DisputeEffect> effects = course.on(told("needs_response").withdrawn());

    assertThat(posted(effects)).containsExactly("organization -6300", "held 6300");
    assertThat(openBreaks(effects)).containsExactly("DISPUTE_EXCEEDS_CHARGE 3000");
    assertThat(events(effects))
        .singleElement()
        .isInstanceOfSatisfying(
            DisputeOpened.class, opened -> assertThat(opened.wholePayment()).isTrue());
  }

  @Test
  void a_lost_dispute_asks_refunds_that_are_owed_to_give_way() {
    Course course = new Course(payment());
    course.refund(cad(3_000));
    course.on(told("needs_response").withdrawn());

    assertThat(
            DisputeDecision.lostBeyondLeft(
                course.facts(), told("needs_response").withdrawn().stripe()))
        .isEmpty();
    assertThat(DisputeDecision.lostBeyondLeft(course.facts(), told("lost").withdrawn().stripe()))
        .contains(cad(3_000));
  }

  @Test
  void in_another_currency_all_that_is_left_is_set_aside_until_a_person_has_compared() {
    Money euros = Money.of(6_500, "EUR");
    Course course = new Course(payment());

    List<DisputeEffect> open = course.on(told("needs_response").of(euros).withdrawn());
    assertThat(posted(open)).containsExactly("organization -9000", "held 9000");
    assertThat(openBreaks(open)).containsExactly("DISPUTE_IN_OTHER_CURRENCY 6500");

    List<DisputeEffect> lost = course.on(told("lost").of(euros).withdrawn());
    assertThat(posted(lost)).isEmpty();
    assertThat(openBreaks(lost)).containsExactly("DISPUTE_IN_OTHER_CURRENCY 6500");
    assertThat(course.openDisputes()).isZero();
    assertThat(events(lost))
        .singleElement()
        .isInstanceOfSatisfying(
            DisputeClosed.class, closed -> assertThat(closed.lost()).isEqualTo(euros.toAmount()));
  }

  @Test
  void the_money_of_nobodys_payment_goes_to_suspense() {
    assertThat(DisputeDecision.onUnknownPayment(told("needs_response").withdrawn().stripe()))
        .singleElement()
        .isInstanceOf(DisputeEffect.BookUnexplained.class);
  }

  @Test
  void people_are_reminded_three_days_and_one_day_before_the_end_of_the_time_for_evidence() {
    Course course = new Course(payment());
    course.on(told("needs_response").withdrawn());
    assertThat(course.dispute().nextReminderAt()).isEqualTo(DUE.minus(Duration.ofHours(72)));

    List<DisputeEffect> first =
        DisputeDecision.onReminder(course.facts(), DUE.minus(Duration.ofHours(72)));
    first.forEach(course::apply);
    assertThat(hoursLeft(first)).containsExactly(72);
    assertThat(course.dispute().nextReminderAt()).isEqualTo(DUE.minus(Duration.ofHours(24)));

    List<DisputeEffect> second =
        DisputeDecision.onReminder(course.facts(), DUE.minus(Duration.ofHours(23)));
    second.forEach(course::apply);
    assertThat(hoursLeft(second)).containsExactly(24);
    assertThat(course.dispute().nextReminderAt()).isNull();

    List<DisputeEffect> again =
        DisputeDecision.onReminder(course.facts(), DUE.minus(Duration.ofHours(23)));
    assertThat(hoursLeft(again)).isEmpty();
  }

  @Test
  void who_was_away_for_days_is_reminded_once() {
    Course course = new Course(payment());
    course.on(told("needs_response").withdrawn());

    List<DisputeEffect> effects =
        DisputeDecision.onReminder(course.facts(), DUE.minus(Duration.ofHours(2)));
    effects.forEach(course::apply);

    assertThat(hoursLeft(effects)).containsExactly(24);
    assertThat(course.dispute().nextReminderAt()).isNull();
  }

  @Test
  void nobody_is_reminded_of_what_was_submitted_ended_or_cannot_be_answered() {
    Course submitted = new Course(payment());
    submitted.on(told("needs_response").withdrawn());
    submitted.on(told("under_review").withdrawn().submitted());
    assertThat(submitted.dispute().nextReminderAt()).isNull();

    Course lost = new Course(payment());
    lost.on(told("needs_response").withdrawn());
    lost.on(told("lost").withdrawn());
    assertThat(lost.dispute().nextReminderAt()).isNull();

    Course unanswerable = new Course(payment());
    unanswerable.on(told("needs_response").withdrawn().dueBy(null));
    assertThat(unanswerable.dispute().nextReminderAt()).isNull();
  }

  @Test
  void a_new_deadline_reminds_anew() {
    Course course = new Course(payment());
    course.on(told("warning_needs_response"));
    DisputeDecision.onReminder(course.facts(), DUE.minus(Duration.ofHours(1)))
        .forEach(course::apply);
    assertThat(course.dispute().nextReminderAt()).isNull();

    course.on(told("needs_response").withdrawn().dueBy(DUE.plus(Duration.ofDays(14))), DUE);

    assertThat(course.dispute().nextReminderAt())
        .isEqualTo(DUE.plus(Duration.ofDays(14)).minus(Duration.ofHours(72)));
  }

  /** Whatever is told in whatever order: the accounts follow from the state, to the cent. */
  @Test
  void the_ledger_follows_from_where_the_dispute_stands() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      Course course = new Course(payment(random.nextBoolean()));
      if (random.nextBoolean()) {
        course.refund(cad(random.nextLong(1, 10_000)));
      }
      Money amount = cad(random.nextLong(1, 12_000));
      Map<String, Long> sums = new TreeMap<>();
      for (Told told : lifeOf(amount, random)) {
        course.on(told).stream()
            .filter(DisputeEffect.Post.class::isInstance)
            .map(DisputeEffect.Post.class::cast)
            .flatMap(post -> post.journal().postings().stream())
            .forEach(
                posting -> sums.merge(name(posting), posting.amount().amountMinor(), Long::sum));
        assertThat(sums.getOrDefault("held", 0L))
            .as("seed %d: held", seed)
            .isEqualTo(
                -course
                    .dispute()
                    .money()
                    .held()
                    .organizationShare(cad(0).currency())
                    .amountMinor());
        assertThat(sums.getOrDefault("disputes", 0L))
            .as("seed %d: disputes", seed)
            .isEqualTo(-course.dispute().money().lost().amount(cad(0).currency()).amountMinor());
        assertThat(course.payment().left().isNegative()).as("seed %d: left", seed).isFalse();
        assertThat(course.openDisputes()).as("seed %d: open", seed).isBetween(0, 1);
      }
    }
  }

  private static List<Told> lifeOf(Money amount, Random random) {
    List<Told> stages = new ArrayList<>();
    stages.add(told("warning_needs_response").of(amount));
    stages.add(told("needs_response").of(amount).withdrawn());
    stages.add(told("under_review").of(amount).withdrawn().submitted());
    Told end = told("lost").of(amount).withdrawn().submitted();
    stages.add(end);
    long part = random.nextLong(1, amount.amountMinor() + 1);
    stages.add(told("won").of(amount).withdrawn().submitted().moving(cad(part)));
    List<Told> told = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      told.add(stages.get(random.nextInt(stages.size())));
    }
    return told;
  }

  private static void assertClosed(
      List<DisputeEffect> effects, DisputeOutcome outcome, long lostMinor) {
    assertThat(events(effects))
        .singleElement()
        .isInstanceOfSatisfying(
            DisputeClosed.class,
            closed -> {
              assertThat(closed.outcome()).isEqualTo(outcome);
              assertThat(closed.lost()).isEqualTo(cad(lostMinor).toAmount());
            });
  }

  private static List<DisputeEvent> events(List<DisputeEffect> effects) {
    return effects.stream()
        .flatMap(effect ->
            effect instanceof DisputeEffect.Tell(DisputeEvent event)
                ? Stream.of(event)
                : Stream.empty())
        .toList();
  }

  private static List<Integer> hoursLeft(List<DisputeEffect> effects) {
    return events(effects).stream()
        .map(event -> ((DisputeDeadlineNear) event).hoursLeft())
        .toList();
  }

  private static List<String> openBreaks(List<DisputeEffect> effects) {
    return effects.stream()
        .flatMap(effect ->
            effect instanceof DisputeEffect.OpenBreak open
                ? Stream.of(open.kind() + " " + open.amount().amountMinor())
                : Stream.empty())
        .toList();
  }

  private static Money atStake(List<DisputeEffect> effects) {
    return effects.stream()
        .flatMap(effect ->
            effect instanceof DisputeEffect.Save save ? Stream.of(save.atStake()) : Stream.empty())
        .findFirst()
        .orElseThrow();
  }

  /** The lines of the journals as liabilities see them: credit positive. */
  private static List<String> posted(List<DisputeEffect> effects) {
    return effects.stream()
        .flatMap(effect ->
            effect instanceof DisputeEffect.Post post
                ? post.journal().postings().stream()
                : Stream.empty())
        .map(posting -> name(posting) + " " + -posting.amount().amountMinor())
        .toList();
  }

  private static String name(Posting posting) {
    String name = posting.account().name();
    return name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
  }
}
