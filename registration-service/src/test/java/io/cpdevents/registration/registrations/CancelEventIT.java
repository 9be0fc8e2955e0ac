package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.billing.RefundEvent.RefundCancelled;
import io.cpdevents.contracts.billing.RefundEvent.RefundFailed;
import io.cpdevents.contracts.billing.RefundEvent.RefundSucceeded;
import io.cpdevents.contracts.registration.CancellationCause;
import io.cpdevents.contracts.registration.EventEvent.EventChanged;
import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationCancelled;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.registration.Buyer;
import io.cpdevents.registration.Organizer;
import io.cpdevents.registration.PlaceCounts;
import io.cpdevents.registration.events.EventCancellationTasks;
import io.cpdevents.registration.events.ResumeEventCancellations;
import io.cpdevents.registration.registrations.Bookings.Booking;
import io.cpdevents.registration.registrations.Bookings.OnSale;
import io.cpdevents.registration.registrations.CancelRegistrationsOfEvent.Batch;
import io.cpdevents.registration.registrations.CancelRegistrationsOfEvent.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
class CancelEventIT {

  private static final Duration POLLING_INTERVAL = Duration.ofMillis(200);
  private static final long PRICE_MINOR = 12_550;
  private static final Map<String, Object> WHY = Map.of("reason", "The speaker is ill");

  private final MutableClock clock;
  private final RecordedEvents recorded;
  private final Facts facts;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Scheduler scheduler;
  private final AcceptPayment acceptPayment;
  private final ExpireHolds expireHolds;
  private final CancelRegistrationsOfEvent cancelRegistrations;
  private final ResumeEventCancellations resume;
  private final ApiClient api;
  private final Organizer organizer;
  private final PlaceCounts places;
  private final Bookings bookings;

  @Autowired
  CancelEventIT(
      MutableClock clock,
      RecordedEvents recorded,
      Facts facts,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Scheduler scheduler,
      AcceptPayment acceptPayment,
      ExpireHolds expireHolds,
      CancelRegistrationsOfEvent cancelRegistrations,
      ResumeEventCancellations resume,
      ApiClient api) {
    this.clock = clock;
    this.recorded = recorded;
    this.facts = facts;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.scheduler = scheduler;
    this.acceptPayment = acceptPayment;
    this.expireHolds = expireHolds;
    this.cancelRegistrations = cancelRegistrations;
    this.resume = resume;
    this.api = api;
    this.organizer = new Organizer(api);
    this.places = new PlaceCounts(jdbc);
    this.bookings = new Bookings(api, organizer, acceptPayment);
  }

  @AfterEach
  void jobs_run_again() {
    scheduler.resume();
  }

  @Test
  void everybody_is_cancelled_and_refunded_whole_and_the_progress_tells_it() {
    OnSale sale = bookings.onSale(10, PRICE_MINOR, Map.of("perAccountLimit", 2));
    Booking paid = bookings.paid(sale, 2);
    Booking other = bookings.paid(sale, 1);
    Booking held = bookings.booked(sale, 3);

    Answer accepted = organizer.cancel(sale.event(), WHY).expect(202);
    assertThat(accepted.text("status")).isIn("running", "done");
    organizer.owner().get(accepted.header("Location")).expect(200);
    assertThat(accepted.body().path("registrations").asInt()).isEqualTo(3);
    JsonNode done = awaitDone(sale.event());
    assertThat(done.path("registrations").asInt()).isEqualTo(3);
    assertThat(done.path("cancelled").asInt()).isEqualTo(3);
    assertThat(done.path("reason").asString()).isEqualTo("The speaker is ill");
    assertThat(done.path("keepFeeBasisPoints").asInt()).isZero();
    assertThat(done.at("/refunds/requested").asInt()).isEqualTo(2);
    assertThat(done.at("/refunds/succeeded").asInt()).isZero();
    assertThat(done.at("/refunds/failed").asInt()).isZero();

    RegistrationCancelled told = awaitCancelled(paid.id());
    assertThat(told.cause()).isEqualTo(CancellationCause.EVENT);
    assertThat(told.wasConfirmed()).isTrue();
    RefundRequested refund = awaitRefund(paid.id());
    assertThat(refund.cause()).isEqualTo(RefundCause.EVENT_CANCELLED);
    assertThat(refund.cappedAtRemaining()).isTrue();
    assertThat(refund.lines())
        .extracting(line -> line.amount().amountMinor())
        .containsExactly(PRICE_MINOR, PRICE_MINOR);
    assertThat(told.refundId()).isEqualTo(refund.refundId());
    assertThat(awaitCancelled(held.id()).wasConfirmed()).isFalse();
    assertThat(awaitCancelled(held.id()).refund()).isNull();
    JsonNode seen = paid.read().body();
    assertThat(seen.path("status").asString()).isEqualTo("cancelled");
    assertThat(seen.at("/tickets/0/status").asString()).isEqualTo("cancelled");
    JsonNode entry = paid.buyer().api().get(paid.path() + "/history").body().at("/data/2");
    assertThat(entry.path("cause").asString()).isEqualTo("event");
    assertThat(entry.path("reason").asString()).isEqualTo("The speaker is ill");
    assertThat(places.taken(sale.event())).isZero();
    places.assertTheyAddUp(sale.event());

    facts.tell(succeeded(refund));
    facts.tell(failed(awaitRefund(other.id())));
    await()
        .until(
            () -> progress(sale.event()),
            now ->
                now.at("/refunds/succeeded").asInt() == 1
                    && now.at("/refunds/failed").asInt() == 1);
    assertThat(progress(sale.event()).at("/refunds/requested").asInt()).isEqualTo(2);
    assertThat(progress(sale.event()).at("/refunds/calledOff").asInt()).isZero();
    facts.tell(calledOff(awaitRefund(other.id())));
    await().until(() -> progress(sale.event()).at("/refunds/calledOff").asInt() == 1);
    assertThat(progress(sale.event()).at("/refunds/failed").asInt()).isZero();

    EventChanged changed =
        recorded.await(
            EventChanged.class,
            fact -> fact.eventId().equals(sale.event()) && fact.status().equals("cancelled"));
    assertThat(changed.version()).isGreaterThan(1);
    AuditEntryRecorded audited =
        recorded.await(
            AuditEntryRecorded.class,
            audit ->
                audit.action().equals("event.cancelled")
                    && audit.subjectId().equals(sale.event().toString()));
    assertThat(audited.actorAccountId()).isNotNull();
    assertThat(audited.organizationId()).isEqualTo(organizer.organizationId());
  }

  @Test
  void nothing_of_a_cancelled_event_is_sold_or_changed() {
    String word = "gone" + Ids.next().toString().substring(24);
    OnSale sale = bookings.onSale(10, PRICE_MINOR, Map.of("title", word));
    Booking paid = bookings.paid(sale, 1);
    assertThat(api.get("/api/v1/events?search=" + word).body().path("data")).hasSize(1);
    organizer.cancel(sale.event(), WHY).expect(202);

    String event = "/api/v1/events/" + sale.event();
    Answer seen = api.get(event).expect(200);
    assertThat(seen.text("status")).isEqualTo("cancelled");
    assertThat(seen.text("cancelledAt")).isEqualTo(clock.instant().toString());
    assertThat(api.get("/api/v1/events?search=" + word).body().path("data")).isEmpty();
    Map<String, Object> wish =
        Map.of("tickets", List.of(Map.of("ticketTypeId", sale.ticketType(), "quantity", 1)));
    api.post(event + "/quotes", wish).refused(409, "event-cancelled");
    Buyer.of(api)
        .register(sale.event(), List.of(sale.ticketType()))
        .refused(409, "event-cancelled");
    ApiClient owner = organizer.owner();
    owner.patch(event, Map.of("title", "Back")).refused(409, "event-cancelled");
    owner.post(event + "/publication").refused(409, "event-cancelled");
    Map<String, Object> ticketType =
        Map.of("name", "More", "price", Map.of("amountMinor", 0, "currency", "CAD"));
    owner.post(event + "/ticket-types", ticketType).refused(409, "event-cancelled");
    String type = "/api/v1/ticket-types/" + sale.ticketType();
    owner.patch(type, Map.of("name", "Other")).refused(409, "event-cancelled");
    owner.delete(type).refused(409, "event-cancelled");
    awaitDone(sale.event());
    paid.cancel(Map.of()).refused(409, "already-cancelled");
  }

  /** The scheduler that looks for work at this moment still does what it finds. */
  private void pauseJobs() {
    scheduler.pause();
    await().pollDelay(POLLING_INTERVAL.multipliedBy(2)).until(() -> true);
  }

  @Test
  void registrations_of_a_cancelled_event_are_cancelled_by_its_job_alone() {
    OnSale sale = bookings.onSale(10, PRICE_MINOR);
    Booking paid = bookings.paid(sale, 2);
    Booking held = bookings.booked(sale, 1);
    pauseJobs();
    organizer.cancel(sale.event(), WHY).expect(202);
    for (Booking booking : List.of(paid, held)) {
      booking.buyer().preview(booking.id(), Map.of()).refused(409, "event-cancelled");
      booking.cancel(Map.of()).refused(409, "event-cancelled");
      Buyer.cancel(organizer.owner(), booking.id(), Map.of("refund", "none"))
          .refused(409, "event-cancelled");
    }
    assertThat(progress(sale.event()).path("status").asString()).isEqualTo("running");
    scheduler.resume();
    awaitDone(sale.event());
    assertThat(places.refundCauses(sale.event())).containsExactly("event-cancelled");
  }

  @Test
  void what_the_organization_keeps_is_computed_once_on_what_is_left_of_a_registration() {
    OnSale sale = bookings.onSale(20, 3_333);
    Booking paid = bookings.paid(sale, 4);
    Buyer.cancel(
            organizer.owner(),
            paid.id(),
            Map.of("refund", "none", "ticketIds", List.of(paid.ticketIds().getFirst())))
        .expect(200);
    Booking free = bookings.booked(sale.event(), List.of(freeType(sale)));
    organizer
        .cancel(sale.event(), Map.of("reason", "Storm", "keepFeeBasisPoints", 500))
        .expect(202);
    assertThat(awaitDone(sale.event()).path("keepFeeBasisPoints").asInt()).isEqualTo(500);
    // 5 % of 99.99 is 5.00: 1.67, 1.67 and 1.66 of the tickets that are left.
    RefundRequested refund = awaitRefund(paid.id());
    assertThat(refund.lines())
        .extracting(line -> line.amount().amountMinor())
        .containsExactly(3_166L, 3_166L, 3_167L);
    assertThat(refund.lines())
        .extracting(RegistrationEvent.RefundLine::ticketId)
        .isEqualTo(paid.ticketIds().subList(1, 4));
    assertThat(awaitCancelled(paid.id()).ticketIds()).isEqualTo(paid.ticketIds().subList(1, 4));
    assertThat(awaitCancelled(free.id()).refund()).isNull();
    assertThat(places.refundCauses(sale.event())).containsExactly("event-cancelled");
    assertThat(places.taken(sale.event())).isZero();
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void an_organization_may_keep_everything() {
    OnSale sale = bookings.onSale(20, PRICE_MINOR);
    Booking paid = bookings.paid(sale, 2);
    organizer
        .cancel(sale.event(), Map.of("reason", "Storm", "keepFeeBasisPoints", 10_000))
        .expect(202);
    awaitDone(sale.event());
    assertThat(awaitCancelled(paid.id()).refund()).isNull();
    assertThat(places.refundCauses(sale.event())).isEmpty();
  }

  @Test
  void part_of_it_cancelled_before_goes_back_once_and_the_rest_with_the_event() {
    OnSale sale = bookings.onSale(20, 3_333);
    Booking paid = bookings.paid(sale, 3);
    paid.cancel(Map.of("ticketIds", List.of(paid.ticketIds().get(1)))).expect(200);
    organizer.cancel(sale.event(), WHY).expect(202);
    awaitDone(sale.event());
    awaitCancelled(paid.id());
    await().until(() -> refunds(paid.id()).size() == 2);
    assertThat(
            refunds(paid.id()).stream()
                .flatMap(refund -> refund.lines().stream())
                .mapToLong(line -> line.amount().amountMinor())
                .sum())
        .isEqualTo(9_999);
    assertThat(places.refundCauses(sale.event()))
        .containsExactly("attendee-cancelled", "event-cancelled");
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void roles_decide_who_cancels_an_event_and_who_sees_how_far_it_is() {
    OnSale sale = bookings.onSale(10, PRICE_MINOR);
    String path = "/api/v1/events/" + sale.event() + "/cancellation";
    api.withKey("k").post(path, WHY).expect(401);
    api.get(path).expect(401);
    ApiClient neighbour = new Organizer(api).owner();
    for (ApiClient stranger : List.of(Buyer.of(api).api(), neighbour)) {
      stranger.withKey("k").post(path, WHY).refused(404, "event-not-found");
      stranger.get(path).refused(404, "event-not-found");
    }
    for (String role : List.of("staff", "finance")) {
      organizer.member(role).withKey("k").post(path, WHY).refused(403, "role-missing");
    }
    organizer.member("staff").get(path).refused(403, "role-missing");
    organizer.owner().get(path).refused(404, "cancellation-not-found");
    organizer
        .owner()
        .get("/api/v1/events/" + Ids.next() + "/cancellation")
        .refused(404, "event-not-found");
    organizer.member("admin").withKey("k").post(path, WHY).expect(202);
    for (String role : List.of("admin", "finance")) {
      organizer.member(role).get(path).expect(200);
    }
    for (String role : List.of("platform-finance", "platform-support")) {
      String bearer = TestTokens.bearer(Ids.next(), Set.of(role), Map.of());
      api.as(bearer).get(path).expect(200);
      api.as(bearer).withKey("k").post(path, WHY).refused(404, "event-not-found");
    }
  }

  @Test
  void an_event_is_cancelled_once_and_asking_for_the_same_again_changes_nothing() {
    OnSale sale = bookings.onSale(10, PRICE_MINOR);
    Map<String, Object> keep = Map.of("reason", "Storm", "keepFeeBasisPoints", 100);
    String path = "/api/v1/events/" + sale.event() + "/cancellation";
    ApiClient sender = organizer.owner().withKey("once");
    sender.post(path, keep).expect(202);
    sender.post(path, keep).expect(202);
    sender.post(path, WHY).refused(422, "idempotency-key-reused");
    // As if the process had died after the commit and before it saved its answer.
    jdbc.sql(
            """
            UPDATE api_idempotency SET status = NULL, body = NULL, locked_until = NULL
            WHERE key = 'once'
            """)
        .update();
    sender.post(path, keep).expect(202);
    organizer.cancel(sale.event(), keep).expect(202);
    organizer.cancel(sale.event(), WHY).refused(409, "event-cancelled");
    organizer
        .cancel(sale.event(), Map.of("reason", "Storm", "keepFeeBasisPoints", 101))
        .refused(409, "event-cancelled");
    awaitDone(sale.event());
    organizer.cancel(sale.event(), keep).expect(202);
    assertThat(
            recorded.all(EventChanged.class).stream()
                .filter(fact -> fact.eventId().equals(sale.event()))
                .filter(fact -> fact.status().equals("cancelled")))
        .hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void ten_owners_who_cancel_at_once_cancel_the_event_once() {
    OnSale sale = bookings.onSale(10, PRICE_MINOR);
    Booking paid = bookings.paid(sale, 1);
    List<Answer> answers =
        AtOnce.crowd(
            10,
            number -> () -> organizer.cancel(sale.event(), Map.of("reason", "Reason " + number)));
    assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 202)
        .allMatch(answer -> answer.code().equals("event-cancelled"));
    awaitDone(sale.event());
    awaitRefund(paid.id());
    assertThat(places.refundCauses(sale.event())).containsExactly("event-cancelled");
  }

  @Test
  void an_event_can_be_cancelled_until_a_week_after_its_end_and_a_draft_not_at_all() {
    UUID draft = organizer.draft(10);
    organizer.cancel(draft, WHY).refused(409, "wrong-state");
    OnSale over = bookings.onSale(10, PRICE_MINOR);
    OnSale justOver = bookings.onSale(10, PRICE_MINOR);
    Booking paid = bookings.paid(justOver, 1);
    Instant end = clock.instant().plus(Duration.ofHours(1));
    endAt(over, end.minusMillis(1));
    endAt(justOver, end);
    clock.advance(Duration.ofHours(1).plusDays(7));
    organizer.cancel(over.event(), WHY).refused(409, "event-over");
    organizer.cancel(justOver.event(), WHY).expect(202);
    awaitDone(justOver.event());
    assertThat(awaitRefund(paid.id()).lines()).hasSize(1);
  }

  @Test
  void a_stolen_session_does_not_give_all_money_back() {
    OnSale sale = bookings.onSale(10, PRICE_MINOR);
    organizer
        .owner()
        .as(
            TestTokens.token()
                .organization(organizer.organizationId(), "owner")
                .proved(Instant.now().minusSeconds(301))
                .bearer())
        .withKey("stolen")
        .post("/api/v1/events/" + sale.event() + "/cancellation", WHY)
        .refused(403, "step-up-required");
  }

  @Test
  void junk_is_refused_and_changes_nothing() {
    OnSale sale = bookings.onSale(10, PRICE_MINOR);
    organizer
        .owner()
        .post("/api/v1/events/" + sale.event() + "/cancellation", WHY)
        .refused(400, "idempotency-key-required");
    for (Map<String, ?> junk :
        List.<Map<String, ?>>of(
            Map.of(),
            Map.of("reason", " "),
            Map.of("reason", "x".repeat(1_001)),
            Map.of("reason", "a\u0007b"),
            Map.of("reason", "Storm", "keepFeeBasisPoints", -1),
            Map.of("reason", "Storm", "keepFeeBasisPoints", 10_001),
            Map.of("reason", "Storm", "keepFeeBasisPoints", "all"))) {
      organizer.cancel(sale.event(), junk).refused(400, "invalid-request");
    }
    organizer
        .cancel(sale.event(), Map.of("reason", "Storm", "refund", "none"))
        .refused(400, "unknown-field");
    assertThat(api.get("/api/v1/events/" + sale.event()).text("status")).isEqualTo("published");
  }

  @Test
  void five_hundred_registrations_survive_interruptions_with_one_refund_each() {
    OnSale sale = bookings.onSale(2_000, PRICE_MINOR, Map.of("perAccountLimit", 3));
    UUID student = organizer.ticketType(sale.event(), 3_333, 900);
    UUID free = organizer.ticketType(sale.event(), 0, null);
    List<UUID> mixed = List.of(student, free, sale.ticketType());
    List<Booking> paid = many(400, () -> bookings.paid(sale.event(), mixed));
    List<Booking> held = many(60, () -> bookings.booked(sale.event(), mixed));
    List<Booking> gratis = many(40, () -> bookings.booked(sale.event(), List.of(free)));
    paid.subList(0, 20)
        .forEach(booking ->
            booking.cancel(Map.of("ticketIds", booking.ticketIds().subList(0, 1))).expect(200));
    places.assertTheyAddUp(sale.event());

    pauseJobs();
    Answer accepted = organizer.cancel(sale.event(), WHY).expect(202);
    assertThat(accepted.body().path("registrations").asInt()).isEqualTo(500);
    // Three batches; a fourth is killed before its commit; then the job begins anew.
    Command next = new Command(sale.event(), CancelRegistrationsOfEvent.BEGINNING);
    for (int i = 0; i < 3; i++) {
      next = new Command(sale.event(), last(cancelRegistrations.handle(next)));
    }
    Command killed = next;
    transaction.executeWithoutResult(status -> {
      last(cancelRegistrations.handle(killed));
      status.setRollbackOnly();
    });
    JsonNode interrupted = progress(sale.event());
    assertThat(interrupted.path("status").asString()).isEqualTo("running");
    assertThat(interrupted.path("cancelled").asInt()).isEqualTo(150);
    places.assertTheyAddUp(sale.event());
    scheduler.resume();

    JsonNode done = awaitDone(sale.event());
    assertThat(done.path("registrations").asInt()).isEqualTo(500);
    assertThat(done.path("cancelled").asInt()).isEqualTo(500);
    assertThat(done.at("/refunds/requested").asInt()).isEqualTo(400);
    assertThat(places.registrations(sale.event(), "cancelled")).isEqualTo(500);
    assertThat(places.taken(sale.event())).isZero();
    places.assertTheyAddUp(sale.event());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> told(RegistrationCancelled.class, sale).size() >= 500);
    assertThat(told(RegistrationCancelled.class, sale))
        .hasSize(500)
        .extracting(RegistrationCancelled::registrationId)
        .doesNotHaveDuplicates();
    List<RefundRequested> refunds =
        told(RefundRequested.class, sale).stream()
            .filter(refund -> refund.cause() == RefundCause.EVENT_CANCELLED)
            .toList();
    assertThat(refunds)
        .extracting(RefundRequested::paymentId)
        .containsExactlyInAnyOrderElementsOf(paid.stream().map(Booking::paymentId).toList());
    long refunded =
        told(RefundRequested.class, sale).stream()
            .flatMap(refund -> refund.lines().stream())
            .mapToLong(line -> line.amount().amountMinor())
            .sum();
    assertThat(refunded).isEqualTo(400 * (PRICE_MINOR + 3_333));
    assertThat(held).allMatch(booking -> refunds(booking.id()).isEmpty());
    assertThat(gratis).allMatch(booking -> refunds(booking.id()).isEmpty());
  }

  @Test
  void several_instances_of_the_job_cancel_every_registration_once() {
    OnSale sale = bookings.onSale(1_000, PRICE_MINOR);
    List<Booking> paid = many(220, () -> bookings.paid(sale, 2));
    pauseJobs();
    organizer.cancel(sale.event(), WHY).expect(202);
    AtOnce.times(4, () -> runJob(sale.event()));
    // Whoever met rows that others had locked has left the end to the next run.
    runJob(sale.event());
    JsonNode done = progress(sale.event());
    assertThat(done.path("status").asString()).isEqualTo("done");
    assertThat(done.path("cancelled").asInt()).isEqualTo(220);
    assertThat(places.refundCauses(sale.event())).hasSize(paid.size());
    assertThat(places.taken(sale.event())).isZero();
    places.assertTheyAddUp(sale.event());
    await().until(() -> told(RefundRequested.class, sale).size() >= 220);
    assertThat(told(RefundRequested.class, sale))
        .hasSize(220)
        .extracting(RefundRequested::paymentId)
        .doesNotHaveDuplicates();
  }

  @Test
  void a_registration_that_another_transaction_has_locked_holds_up_nobody_else() {
    OnSale sale = bookings.onSale(100, PRICE_MINOR);
    List<Booking> paid = many(60, () -> bookings.paid(sale, 1));
    UUID locked = paid.get(30).id();
    transaction.executeWithoutResult(_ -> {
      jdbc.sql("SELECT id FROM registration WHERE id = :id FOR UPDATE")
          .param("id", locked)
          .query(UUID.class)
          .single();
      organizer.cancel(sale.event(), WHY).expect(202);
      await().until(() -> progress(sale.event()).path("cancelled").asInt() == paid.size() - 1);
      assertThat(progress(sale.event()).path("status").asString()).isEqualTo("running");
    });
    JsonNode done = awaitDone(sale.event());
    assertThat(done.path("cancelled").asInt()).isEqualTo(paid.size());
    awaitRefund(locked);
    assertThat(places.refundCauses(sale.event())).hasSize(paid.size());
  }

  @Test
  void a_job_that_was_lost_is_started_again() {
    OnSale sale = bookings.onSale(100, PRICE_MINOR);
    Booking paid = bookings.paid(sale, 1);
    pauseJobs();
    organizer.cancel(sale.event(), WHY).expect(202);
    int lost =
        jdbc.sql("DELETE FROM scheduled_tasks WHERE task_name = :name AND task_instance = :id")
            .param("name", EventCancellationTasks.CANCEL_REGISTRATIONS.getTaskName())
            .param("id", sale.event().toString())
            .update();
    assertThat(lost).isEqualTo(1);
    resume.handle();
    scheduler.resume();
    awaitDone(sale.event());
    awaitRefund(paid.id());
  }

  @Test
  void payments_expiries_and_buyers_that_cross_the_cancellation_end_with_one_refund_per_payment() {
    OnSale sale = bookings.onSale(400, PRICE_MINOR, Map.of("perAccountLimit", 5));
    List<Booking> held = many(30, () -> bookings.booked(sale, 2));
    List<Booking> due = many(30, () -> bookings.booked(sale, 1));
    List<Booking> paid = many(30, () -> bookings.paid(sale, 2));
    clock.advance(Duration.ofMinutes(31));
    List<Callable<Integer>> actions = new ArrayList<>();
    for (Booking booking : held) {
      actions.add(() -> pay(booking));
    }
    for (Booking booking : due) {
      actions.add(() -> expireHolds.handle());
      actions.add(() -> pay(booking));
    }
    for (Booking booking : paid) {
      actions.add(
          () -> booking.cancel(Map.of("ticketIds", booking.ticketIds().subList(0, 1))).status());
    }
    for (int i = 0; i < 30; i++) {
      Buyer buyer = Buyer.of(api);
      actions.add(() -> buyer.register(sale.event(), List.of(sale.ticketType())).status());
    }
    actions.add(actions.size() / 2, () -> organizer.cancel(sale.event(), WHY).expect(202).status());
    AtOnce.all(actions);
    awaitDone(sale.event());
    assertThat(places.registrations(sale.event(), "held")).isZero();
    assertThat(places.registrations(sale.event(), "confirmed")).isZero();
    assertThat(places.taken(sale.event())).isZero();
    places.assertTheyAddUp(sale.event());
    for (Booking booking : Stream.concat(held.stream(), due.stream()).toList()) {
      // Confirmed before the job came to it, or late: whole and once in both cases.
      await().until(() -> refunds(booking.id()).size() == 1);
      RefundRequested refund = refunds(booking.id()).getFirst();
      assertThat(refund.paymentId()).isEqualTo(booking.paymentId());
      assertThat(refund.cause()).isIn(RefundCause.EVENT_CANCELLED, RefundCause.PAYMENT_TOO_LATE);
    }
    for (Booking booking : paid) {
      await().until(() -> refundedTickets(booking.id()).size() >= 2);
      assertThat(refundedTickets(booking.id()))
          .containsExactlyInAnyOrderElementsOf(booking.ticketIds());
    }
  }

  @Test
  void
      a_buyer_who_cancels_at_the_moment_of_the_events_cancellation_is_not_refunded_by_the_policy() {
    OnSale sale =
        bookings.onSale(10, PRICE_MINOR, Map.of("refundPolicy", Map.of("tiers", List.of())));
    Booking paid = bookings.paid(sale, 1);
    AtOnce.Crowd<Answer> buyer =
        transaction.execute(_ -> {
          jdbc.sql("SELECT id FROM event WHERE id = :id FOR NO KEY UPDATE")
              .param("id", sale.event())
              .query(UUID.class)
              .single();
          AtOnce.Crowd<Answer> waiting = AtOnce.begin(1, () -> paid.cancel(Map.of()));
          // The buyer's request has read that the event takes place, and waits for its row.
          await().until(() -> waitingForLocks() == 1);
          jdbc.sql(
                  """
                  UPDATE event SET status = 'cancelled', cancelled_at = :now, version = version + 1
                  WHERE id = :id
                  """)
              .param("now", Parameters.instant(clock.instant()))
              .param("id", sale.event())
              .update();
          return waiting;
        });
    buyer.results().getFirst().refused(409, "event-cancelled");
    assertThat(paid.read().text("status")).isEqualTo("confirmed");
    assertThat(places.taken(sale.event())).isEqualTo(1);
  }

  @Test
  void late_money_for_a_cancelled_event_goes_back_whole_whatever_the_organization_keeps() {
    OnSale sale = bookings.onSale(10, PRICE_MINOR);
    Booking held = bookings.booked(sale, 1);
    Booking expired = bookings.booked(sale, 1);
    clock.advance(Duration.ofMinutes(20));
    Booking fresh = bookings.booked(sale, 1);
    clock.advance(Duration.ofMinutes(11));
    await().until(() -> expired.read().text("status").equals("expired"));
    organizer
        .cancel(sale.event(), Map.of("reason", "Storm", "keepFeeBasisPoints", 5_000))
        .expect(202);
    JsonNode done = awaitDone(sale.event());
    assertThat(done.path("registrations").asInt()).isEqualTo(1);
    assertThat(done.path("cancelled").asInt()).isEqualTo(1);
    for (Booking late : List.of(held, expired, fresh)) {
      pay(late);
      pay(late);
      RefundRequested refund = awaitRefund(late.id());
      assertThat(refund.cause()).isEqualTo(RefundCause.PAYMENT_TOO_LATE);
      assertThat(refund.lines()).isEmpty();
    }
    assertThat(places.refundCauses(sale.event())).hasSize(3);
    assertThat(places.taken(sale.event())).isZero();
  }

  @Test
  void money_that_arrives_before_the_job_comes_to_its_hold_goes_back_whole_as_well() {
    OnSale sale = bookings.onSale(10, PRICE_MINOR);
    Booking before = bookings.paid(sale, 2);
    Booking meanwhile = bookings.booked(sale, 2);
    pauseJobs();
    organizer
        .cancel(sale.event(), Map.of("reason", "Storm", "keepFeeBasisPoints", 5_000))
        .expect(202);
    clock.advance(Duration.ofSeconds(1));
    pay(meanwhile);
    scheduler.resume();
    awaitDone(sale.event());
    assertThat(amount(awaitRefund(before.id()))).isEqualTo(PRICE_MINOR);
    assertThat(amount(awaitRefund(meanwhile.id()))).isEqualTo(2 * PRICE_MINOR);
  }

  @Test
  void holds_that_expire_before_the_job_comes_to_them_need_no_cancellation() {
    OnSale sale = bookings.onSale(10, PRICE_MINOR);
    Booking paid = bookings.paid(sale, 1);
    bookings.booked(sale, 1);
    pauseJobs();
    assertThat(organizer.cancel(sale.event(), WHY).expect(202).body().path("registrations").asInt())
        .isEqualTo(2);
    clock.advance(Duration.ofMinutes(31));
    while (places.registrations(sale.event(), "held") > 0) {
      expireHolds.handle();
    }
    scheduler.resume();
    JsonNode done = awaitDone(sale.event());
    assertThat(done.path("registrations").asInt()).isEqualTo(1);
    assertThat(done.path("cancelled").asInt()).isEqualTo(1);
    assertThat(awaitCancelled(paid.id()).cause()).isEqualTo(CancellationCause.EVENT);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void nobody_of_a_crowd_keeps_places_of_an_event_that_is_cancelled_meanwhile() {
    OnSale sale = bookings.onSale(500, 0);
    List<Answer> answers =
        AtOnce.crowd(
            120,
            number -> {
              if (number == 40) {
                return () -> organizer.cancel(sale.event(), WHY);
              }
              Buyer buyer = Buyer.of(api);
              return () -> buyer.register(sale.event(), List.of(sale.ticketType()));
            });
    assertThat(answers)
        .allMatch(answer ->
            answer.status() == 201
                || answer.status() == 202
                || answer.code().equals("event-cancelled"));
    int registered = (int) answers.stream().filter(answer -> answer.status() == 201).count();
    JsonNode done = awaitDone(sale.event());
    assertThat(done.path("cancelled").asInt()).isEqualTo(registered);
    assertThat(places.registrations(sale.event(), "cancelled")).isEqualTo(registered);
    assertThat(places.taken(sale.event())).isZero();
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void a_cancellation_that_does_not_end_is_stuck() {
    OnSale sale = bookings.onSale(10, PRICE_MINOR);
    bookings.paid(sale, 1);
    pauseJobs();
    organizer.cancel(sale.event(), WHY).expect(202);
    clock.advance(Duration.ofMinutes(31));
    String id =
        jdbc.sql("SELECT id FROM event_cancellation WHERE event_id = :event")
            .param("event", sale.event())
            .query(UUID.class)
            .single()
            .toString();
    assertThat(stuck()).contains(id);
    scheduler.resume();
    awaitDone(sale.event());
    assertThat(stuck()).doesNotContain(id);
  }

  private List<String> stuck() {
    return api.as(TestTokens.bearer(Ids.next(), Set.of("platform-support"), Map.of()))
        .get("/api/v1/ops/registration/processes/event-cancellation/states/running?limit=100")
        .expect(200)
        .body()
        .path("data")
        .valueStream()
        .map(one -> one.path("id").asString())
        .toList();
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

  private UUID freeType(OnSale sale) {
    return organizer.ticketType(sale.event(), 0, null);
  }

  private static long amount(RefundRequested refund) {
    return refund.lines().stream().mapToLong(line -> line.amount().amountMinor()).sum();
  }

  private void endAt(OnSale sale, Instant end) {
    organizer.change(
        sale.event(),
        Map.of("startsAt", end.minusSeconds(3_600).toString(), "endsAt", end.toString()));
  }

  private int pay(Booking booking) {
    acceptPayment.handle(booking.payment());
    return 0;
  }

  private boolean runJob(UUID event) {
    Command next = new Command(event, CancelRegistrationsOfEvent.BEGINNING);
    while (true) {
      switch (cancelRegistrations.handle(next)) {
        case Batch.Cancelled(Cursor last) -> next = new Command(event, last);
        case Batch.AllCancelled() -> {
          return true;
        }
        case Batch.SomeAreLocked() -> {
          return false;
        }
      }
    }
  }

  private static Cursor last(Batch batch) {
    assertThat(batch).isInstanceOf(Batch.Cancelled.class);
    return ((Batch.Cancelled) batch).last();
  }

  /** So many at once that the queue of those who book is not too long. */
  private static <T> List<T> many(int count, Callable<T> make) {
    List<T> all = new ArrayList<>();
    while (all.size() < count) {
      all.addAll(AtOnce.times(Math.min(50, count - all.size()), make));
    }
    return all;
  }

  private JsonNode progress(UUID event) {
    return organizer.owner().get("/api/v1/events/" + event + "/cancellation").expect(200).body();
  }

  private JsonNode awaitDone(UUID event) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> progress(event), now -> now.path("status").asString().equals("done"));
  }

  private RegistrationCancelled awaitCancelled(UUID registration) {
    return recorded.await(
        RegistrationCancelled.class, fact -> fact.registrationId().equals(registration));
  }

  private RefundRequested awaitRefund(UUID registration) {
    return recorded.await(
        RefundRequested.class, fact -> fact.registrationId().equals(registration));
  }

  private List<RefundRequested> refunds(UUID registration) {
    return recorded.all(RefundRequested.class).stream()
        .filter(fact -> fact.registrationId().equals(registration))
        .toList();
  }

  private List<UUID> refundedTickets(UUID registration) {
    return refunds(registration).stream()
        .flatMap(refund -> refund.lines().stream())
        .map(RegistrationEvent.RefundLine::ticketId)
        .toList();
  }

  private <E extends RegistrationEvent> List<E> told(Class<E> type, OnSale sale) {
    return recorded.all(type).stream().filter(fact -> fact.eventId().equals(sale.event())).toList();
  }

  private static RefundSucceeded succeeded(RefundRequested refund) {
    return new RefundSucceeded(
        refund.paymentId(),
        refund.refundId(),
        refund.registrationId(),
        refund.accountId(),
        refund.eventId(),
        refund.organizationId(),
        refund.lines().getFirst().amount(),
        refund.cause(),
        refund.requestedAt(),
        null);
  }

  private static RefundCancelled calledOff(RefundRequested refund) {
    return new RefundCancelled(
        refund.paymentId(),
        refund.refundId(),
        refund.registrationId(),
        refund.accountId(),
        refund.eventId(),
        refund.organizationId(),
        refund.lines().getFirst().amount(),
        refund.cause(),
        refund.requestedAt());
  }

  private static RefundFailed failed(RefundRequested refund) {
    return new RefundFailed(
        refund.paymentId(),
        refund.refundId(),
        refund.registrationId(),
        refund.accountId(),
        refund.eventId(),
        refund.organizationId(),
        refund.lines().getFirst().amount(),
        refund.cause(),
        "expired_or_canceled_card",
        false,
        false,
        refund.requestedAt());
  }
}
