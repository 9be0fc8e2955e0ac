package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.registration.RegistrationEvent.EventMoved;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationCancelled;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.registration.Organizer;
import io.cpdevents.registration.events.TellMovedEvents;
import io.cpdevents.registration.registrations.Bookings.Booking;
import io.cpdevents.registration.registrations.Bookings.OnSale;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@CpdIntegrationTest
class MovedEventsIT {

  private static final long PRICE_MINOR = 12_550;
  private static final Map<String, Object> ALL = Map.of();
  private static final Duration SETTLED = Duration.ofMinutes(5);
  private static final Map<String, Object> NOTHING_GOES_BACK =
      Map.of("refundPolicy", Map.of("tiers", List.of()));

  private final MutableClock clock;
  private final RecordedEvents recorded;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final TellMovedEvents tellMovedEvents;
  private final Organizer organizer;
  private final Bookings bookings;

  @Autowired
  MovedEventsIT(
      MutableClock clock,
      RecordedEvents recorded,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      TellMovedEvents tellMovedEvents,
      AcceptPayment acceptPayment,
      ApiClient api) {
    this.clock = clock;
    this.recorded = recorded;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.tellMovedEvents = tellMovedEvents;
    this.organizer = new Organizer(api);
    this.bookings = new Bookings(api, organizer, acceptPayment);
  }

  @Test
  void changes_within_minutes_are_told_once_to_each_who_had_registered_as_each_knows_it() {
    Instant first = days(40);
    OnSale sale = onSale(first, ALL);
    Booking early = bookings.paid(sale, 2);
    Booking held = bookings.booked(sale, 1);
    Booking cancelled = bookings.paid(sale, 1);
    cancelled.cancel(ALL).expect(200);
    Instant second = days(41);
    move(sale, second);
    clock.advance(Duration.ofMinutes(1));
    Booking between = bookings.paid(sale, 1);
    clock.advance(Duration.ofMinutes(1));
    Instant third = days(50);
    organizer.change(sale.event(), Map.of("mode", "hybrid", "venue", "Hall 9"));
    move(sale, third);
    clock.advance(Duration.ofMinutes(1));
    Booking late = bookings.paid(sale, 1);
    tellAll();
    assertThat(told(early)).isEmpty();

    clock.advance(SETTLED);
    AtOnce.times(2, tellMovedEvents::handle);
    tellAll();

    EventMoved toEarly = awaitTold(early);
    assertThat(toEarly.knownStartsAt()).isEqualTo(first);
    assertThat(toEarly.knownMode()).isEqualTo("online");
    assertThat(toEarly.knownVenue()).isNull();
    assertThat(toEarly.accountId()).isEqualTo(early.buyer().accountId());
    assertThat(awaitTold(held).knownStartsAt()).isEqualTo(first);
    EventMoved toBetween = awaitTold(between);
    assertThat(toBetween.knownStartsAt()).isEqualTo(second);
    assertThat(toBetween.noticeId()).isEqualTo(toEarly.noticeId());
    move(sale, days(60));
    clock.advance(SETTLED);
    tellAll();
    await().until(() -> told(late).size() == 1 && told(early).size() == 2);
    assertThat(told(early).getLast().knownStartsAt()).isEqualTo(third);
    assertThat(told(between)).hasSize(2);
    assertThat(told(cancelled)).isEmpty();
  }

  @Test
  void a_typing_error_that_is_mended_at_once_bothers_nobody_and_frees_nobody() {
    Instant start = days(40);
    OnSale sale = onSale(start, NOTHING_GOES_BACK);
    Booking booked = bookings.paid(sale, 1);
    move(sale, days(400));
    assertThat(freeUntil(booked)).isNotNull();
    move(sale, start);

    assertThat(freeUntil(booked)).isNull();
    clock.advance(SETTLED);
    tellAll();
    move(sale, days(80));
    clock.advance(SETTLED);
    tellAll();
    assertThat(awaitTold(booked).knownStartsAt()).isEqualTo(start);
    assertThat(told(booked)).hasSize(1);
  }

  @Test
  void who_had_registered_cancels_for_nothing_for_seven_days_and_who_comes_later_does_not() {
    OnSale sale = onSale(days(40), NOTHING_GOES_BACK);
    Booking before = bookings.paid(sale, 1);
    Booking tooLate = bookings.paid(sale, 1);
    clock.advance(Duration.ofHours(1));
    Instant moved = clock.instant();
    move(sale, days(50));
    clock.advance(Duration.ofMinutes(1));
    Booking after = bookings.paid(sale, 1);
    tellAll();

    Answer preview = before.buyer().preview(before.id(), ALL).expect(200);
    assertThat(preview.body().at("/refund/amountMinor").asLong()).isEqualTo(PRICE_MINOR);
    assertThat(preview.body().path("tier").isNull()).isTrue();
    assertThat(preview.text("freeUntil")).isEqualTo(moved.plus(Duration.ofDays(7)).toString());
    assertThat(freeUntil(after)).isNull();
    after.cancel(ALL).expect(200);
    assertThat(awaitCancelled(after).refund()).isNull();
    before.cancel(ALL).expect(200);
    assertThat(awaitRefund(before)).isEqualTo(PRICE_MINOR);
    clock.set(moved.plus(Duration.ofDays(7)));
    assertThat(freeUntil(tooLate)).isNull();
    tooLate.cancel(ALL).expect(200);
    assertThat(awaitCancelled(tooLate).refund()).isNull();
  }

  @Test
  void small_changes_free_nobody_until_together_they_are_large() {
    Instant start = days(40);
    OnSale sale = onSale(start, NOTHING_GOES_BACK);
    Booking booked = bookings.paid(sale, 1);
    move(sale, start.minus(Duration.ofMinutes(40)));
    assertThat(freeUntil(booked)).isNull();
    move(sale, start.minus(Duration.ofMinutes(80)));
    assertThat(freeUntil(booked)).isNotNull();
  }

  @Test
  void a_cancellation_at_the_moment_of_the_move_is_not_refunded_by_the_policy() {
    OnSale sale = onSale(days(40), NOTHING_GOES_BACK);
    Booking paid = bookings.paid(sale, 1);
    AtOnce.Crowd<Answer> buyer =
        transaction.execute(_ -> {
          jdbc.sql("SELECT id FROM event WHERE id = :id FOR NO KEY UPDATE")
              .param("id", sale.event())
              .query(UUID.class)
              .single();
          AtOnce.Crowd<Answer> waiting = AtOnce.begin(1, () -> paid.cancel(ALL));
          // The buyer's request has read when the event takes place, and waits for its row.
          await().until(() -> waitingForLocks() == 1);
          moveInThisTransaction(sale);
          return waiting;
        });
    buyer.results().getFirst().refused(409, "event-changed");

    assertThat(paid.read().text("status")).isEqualTo("confirmed");
    paid.cancel(ALL).expect(200);
    assertThat(awaitRefund(paid)).isEqualTo(PRICE_MINOR);
  }

  private void moveInThisTransaction(OnSale sale) {
    jdbc.sql(
            """
            WITH notice AS (
                INSERT INTO event_move_notice (id, event_id, tell_at)
                VALUES (gen_random_uuid(), :id, :later) RETURNING id
            ), move AS (
                INSERT INTO event_move (id, event_id, notice_id, from_starts_at, from_ends_at,
                    from_mode, from_venue, moved_at, free_until)
                SELECT gen_random_uuid(), e.id, n.id, e.starts_at, e.ends_at, e.mode, e.venue,
                    :now, :later
                FROM notice n, event e WHERE e.id = :id
            )
            UPDATE event SET version = version + 1, starts_at = starts_at + interval '1 day',
                ends_at = ends_at + interval '1 day', latest_ends_at = ends_at + interval '1 day'
            WHERE id = :id
            """)
        .param("id", sale.event())
        .param("now", Parameters.instant(clock.instant()))
        .param("later", Parameters.instant(clock.instant().plus(Duration.ofDays(7))))
        .update();
  }

  private int waitingForLocks() {
    return jdbc.sql(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'
            """)
        .query(Integer.class)
        .single();
  }

  private OnSale onSale(Instant start, Map<String, ?> terms) {
    Map<String, Object> all = new HashMap<>(terms);
    all.putAll(at(start));
    return bookings.onSale(10, PRICE_MINOR, all);
  }

  private void move(OnSale sale, Instant start) {
    organizer.change(sale.event(), at(start));
  }

  private static Map<String, Object> at(Instant start) {
    return Map.of(
        "startsAt", start.toString(), "endsAt", start.plus(Duration.ofHours(8)).toString());
  }

  private Instant days(int days) {
    return clock.instant().plus(Duration.ofDays(days));
  }

  private void tellAll() {
    while (tellMovedEvents.handle() > 0) {
      // Another batch may follow.
    }
  }

  private static @Nullable String freeUntil(Booking booking) {
    Answer preview = booking.buyer().preview(booking.id(), ALL).expect(200);
    return preview.body().path("freeUntil").isNull() ? null : preview.text("freeUntil");
  }

  private List<EventMoved> told(Booking booking) {
    return recorded.all(EventMoved.class).stream()
        .filter(fact -> fact.registrationId().equals(booking.id()))
        .toList();
  }

  private EventMoved awaitTold(Booking booking) {
    return recorded.await(EventMoved.class, fact -> fact.registrationId().equals(booking.id()));
  }

  private RegistrationCancelled awaitCancelled(Booking booking) {
    return recorded.await(
        RegistrationCancelled.class, fact -> fact.registrationId().equals(booking.id()));
  }

  private long awaitRefund(Booking booking) {
    return recorded
        .await(RefundRequested.class, fact -> fact.registrationId().equals(booking.id()))
        .lines()
        .stream()
        .mapToLong(line -> line.amount().amountMinor())
        .sum();
  }
}
