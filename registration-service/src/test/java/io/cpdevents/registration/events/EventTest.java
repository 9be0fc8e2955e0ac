package io.cpdevents.registration.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventTest {

  private static final Instant NOW = Instant.parse("2027-03-01T15:00:00Z");
  private static final Instant STARTS_AT = NOW.plus(Duration.ofDays(10));
  private static final Currency CAD = Currency.getInstance("CAD");
  private static final Currency KWD = Currency.getInstance("KWD");

  @Test
  void publication_names_everything_that_is_missing() {
    Event draft = draft(terms(EventMode.IN_PERSON, null));
    assertThatThrownBy(() -> draft.publish(0, NOW))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo("incomplete");
              assertThat(refusal.errors())
                  .extracting(FieldError::field)
                  .containsExactly("ticketTypes", "venue");
            });
  }

  @Test
  void an_online_event_needs_no_venue() {
    Event published = published(terms(EventMode.ONLINE, null));
    assertThat(published.isPublished()).isTrue();
    assertThat(published.publishedAt()).isEqualTo(NOW);
    assertThat(published.version()).isEqualTo(2);
  }

  @Test
  void publishing_again_changes_nothing() {
    Event published = published(terms(EventMode.ONLINE, null));
    assertThat(published.publish(1, NOW.plusSeconds(5))).isEmpty();
  }

  @Test
  void an_event_that_is_over_is_not_published() {
    Event draft = draft(terms(EventMode.ONLINE, null));
    refused("incomplete", () -> draft.publish(1, draft.terms().endsAt()));
  }

  @Test
  void a_published_event_keeps_what_publication_needs() {
    Event published = published(terms(EventMode.IN_PERSON, "Room 1"));
    refused("incomplete", () -> changed(published, terms(EventMode.IN_PERSON, null)));
    refused("incomplete", () -> published.withTicketTypes(0));
    assertThat(changed(published, terms(EventMode.ONLINE, null)).version()).isEqualTo(3);
  }

  @Test
  void an_event_for_which_somebody_registered_is_not_moved_into_the_past() {
    Event published = published(terms(EventMode.ONLINE, null));
    EventTerms past = dates(STARTS_AT, STARTS_AT.plusSeconds(3_600), "UTC");
    Instant afterwards = past.endsAt();

    refused("invalid-request", () -> published.changed(past, 1, true, afterwards));
    assertThat(published.changed(past, 1, true, afterwards.minusMillis(1)).terms().endsAt())
        .isEqualTo(past.endsAt());
    assertThat(published.changed(past, 1, false, afterwards).terms().endsAt())
        .isEqualTo(past.endsAt());
  }

  @Test
  void an_event_that_is_over_can_still_be_described_better() {
    Event published = published(terms(EventMode.ONLINE, null));
    Instant afterwards = published.terms().endsAt().plusSeconds(1);

    assertThat(published.changed(published.terms(), 1, true, afterwards).terms().endsAt())
        .isEqualTo(published.terms().endsAt());
  }

  @Test
  void an_event_that_has_begun_and_is_to_begin_later_is_published_once_more() {
    Event published = published(terms(EventMode.ONLINE, null));
    Instant start = published.terms().startsAt();
    Instant end = published.terms().endsAt();
    EventTerms later = dates(end.plusSeconds(3_600), end.plusSeconds(7_200), "UTC");

    Instant before = start.minusMillis(1);
    assertThat(published.isHeldAgain(later, before)).isFalse();
    assertThat(published.changed(later, 1, true, before).publishedAt()).isEqualTo(NOW);
    for (Instant moment : List.of(start, end.minusMillis(1), end)) {
      assertThat(published.isHeldAgain(later, moment)).isTrue();
      assertThat(published.changed(later, 1, true, moment).publishedAt()).isEqualTo(moment);
    }
    // While it lasts it may last longer, and afterwards it does not go on.
    EventTerms longer = dates(start, end.plusSeconds(3_600), "UTC");
    assertThat(published.isHeldAgain(longer, end.minusMillis(1))).isFalse();
    assertThat(published.isHeldAgain(longer, end)).isTrue();
    assertThat(published.isHeldAgain(published.terms(), end)).isFalse();
    assertThat(draft(terms(EventMode.ONLINE, null)).isHeldAgain(later, end)).isFalse();
  }

  @Test
  void the_latest_end_since_somebody_registered_is_remembered() {
    Event published = published(terms(EventMode.ONLINE, null));
    Instant end = published.terms().endsAt();
    EventTerms earlier = dates(STARTS_AT, end.minusSeconds(600), "UTC");
    EventTerms later = dates(STARTS_AT, end.plusSeconds(600), "UTC");

    assertThat(published.latestEndsAt()).isEqualTo(end);
    assertThat(published.changed(earlier, 1, false, NOW).latestEndsAt())
        .isEqualTo(earlier.endsAt());
    Event moved = published.changed(later, 1, true, NOW).changed(earlier, 1, true, NOW);
    assertThat(moved.terms().endsAt()).isEqualTo(earlier.endsAt());
    assertThat(moved.latestEndsAt()).isEqualTo(later.endsAt());
    assertThat(moved.withTicketTypes(1).latestEndsAt()).isEqualTo(later.endsAt());
    assertThat(moved.cancel(NOW).latestEndsAt()).isEqualTo(later.endsAt());
  }

  @Test
  void terms_that_contradict_each_other_are_refused() {
    EventTerms good = terms(EventMode.ONLINE, null);
    refused("invalid-request", () -> dates(STARTS_AT, STARTS_AT, "UTC").complete());
    refused(
        "invalid-request",
        () -> dates(STARTS_AT, STARTS_AT.plusSeconds(1), "Mars/Base").complete());
    refused("invalid-request", () -> dates(STARTS_AT, Instant.MAX, "UTC").complete());
    assertThat(good.complete().policy()).isEqualTo(RefundPolicy.DEFAULT);
  }

  @Test
  void a_cancelled_event_is_seen_by_everybody_and_never_changes_again() {
    Event cancelled = published(terms(EventMode.ONLINE, null)).cancel(NOW.plusSeconds(5));
    assertThat(cancelled.status()).isEqualTo(EventStatus.CANCELLED);
    assertThat(cancelled.isPublic()).isTrue();
    assertThat(cancelled.isPublished()).isFalse();
    assertThat(cancelled.version()).isEqualTo(3);
    assertThat(cancelled.publishedAt()).isEqualTo(NOW);
    assertThat(cancelled.cancelledAt()).isEqualTo(NOW.plusSeconds(5));
    refused("event-cancelled", cancelled::requireNotCancelled);
    refused("event-cancelled", () -> cancelled.cancel(NOW.plusSeconds(6)));
    refused("wrong-state", () -> cancelled.publish(1, NOW.plusSeconds(6)));
  }

  @Test
  void an_event_can_be_cancelled_until_seven_days_after_its_end() {
    Event published = published(terms(EventMode.ONLINE, null));
    Instant last = published.terms().endsAt().plus(Duration.ofDays(7));
    assertThat(published.cancel(last).cancelledAt()).isEqualTo(last);
    refused("event-over", () -> published.cancel(last.plusMillis(1)));
  }

  @Test
  void a_draft_cannot_be_cancelled_as_nobody_has_seen_it() {
    Event draft = draft(terms(EventMode.ONLINE, null));
    assertThat(draft.isPublic()).isFalse();
    draft.requireNotCancelled();
    refused("wrong-state", () -> draft.cancel(NOW));
  }

  @Test
  void refund_tiers_come_closer_to_the_start_one_by_one() {
    RefundPolicy.Tier far = new RefundPolicy.Tier(168, 10_000);
    RefundPolicy.Tier near = new RefundPolicy.Tier(48, 5_000);
    assertThat(new RefundPolicy(List.of(far, near), null).isOrdered()).isTrue();
    assertThat(new RefundPolicy(List.of(near, far), null).isOrdered()).isFalse();
    assertThat(new RefundPolicy(List.of(near, near), null).isOrdered()).isFalse();
  }

  @Test
  void the_platform_returns_its_share_of_the_fee_unless_the_policy_says_otherwise() {
    assertThat(RefundPolicy.DEFAULT.returnsFee()).isTrue();
    assertThat(new RefundPolicy(List.of(), null).returnsFee()).isTrue();
    assertThat(new RefundPolicy(List.of(), false).returnsFee()).isFalse();
  }

  @Test
  void a_price_is_in_the_events_currency_and_can_be_charged() {
    assertThatThrownBy(() -> price(1_000, "USD").complete(CAD))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal ->
                assertThat(refusal.errors())
                    .containsExactly(FieldProblem.WRONG_CURRENCY.at("price.currency")));
    refused("amount-not-payable", () -> price(-1, "CAD").complete(CAD));
    refused("amount-not-payable", () -> price(100_000_000, "CAD").complete(CAD));
    refused("amount-not-payable", () -> price(1_005, "KWD").complete(KWD));
    assertThat(price(1_010, "KWD").complete(KWD).min()).isEqualTo(1);
    assertThat(price(0, "CAD").complete(CAD).max())
        .isEqualTo(TicketTypeTerms.MAX_TICKETS_PER_REGISTRATION);
  }

  private static Event changed(Event event, EventTerms terms) {
    return event.changed(terms, 1, false, NOW);
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RuleViolation.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private static Event draft(EventTerms terms) {
    return Event.draft(Ids.next(), Ids.next(), CAD, terms, NOW);
  }

  private static Event published(EventTerms terms) {
    return draft(terms).publish(1, NOW).orElseThrow();
  }

  private static EventTerms terms(EventMode mode, @Nullable String venue) {
    return new EventTerms(
        "Wound care",
        null,
        mode,
        STARTS_AT,
        STARTS_AT.plus(Duration.ofHours(8)),
        "America/Toronto",
        100,
        null,
        venue,
        null,
        null,
        null,
        null,
        null);
  }

  private static EventTerms dates(Instant startsAt, Instant endsAt, String timeZone) {
    return new EventTerms(
        "Wound care",
        null,
        EventMode.ONLINE,
        startsAt,
        endsAt,
        timeZone,
        1,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static TicketTypeTerms price(long amountMinor, String currency) {
    return new TicketTypeTerms(
        "Standard", Money.of(amountMinor, currency), null, null, null, null, null, null, null);
  }
}
