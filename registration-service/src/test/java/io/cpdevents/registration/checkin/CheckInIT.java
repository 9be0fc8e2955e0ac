package io.cpdevents.registration.checkin;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.contracts.registration.RegistrationEvent.CheckInUndone;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketCheckedIn;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.registration.Doorkeeping;
import io.cpdevents.registration.Doorkeeping.Event;
import io.cpdevents.registration.Doorkeeping.Guest;
import io.cpdevents.registration.Organizer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
class CheckInIT {

  private final ApiClient api;
  private final MutableClock clock;
  private final RecordedEvents recorded;
  private final JdbcClient jdbc;
  private final Organizer organizer;
  private final Doorkeeping doors;
  private final ApiClient staff;

  @Autowired
  CheckInIT(ApiClient api, MutableClock clock, RecordedEvents recorded, JdbcClient jdbc) {
    this.api = api;
    this.clock = clock;
    this.recorded = recorded;
    this.jdbc = jdbc;
    this.organizer = new Organizer(api);
    this.doors = new Doorkeeping(api, organizer, clock);
    this.staff = organizer.member("staff");
  }

  @Test
  void a_ticket_lets_in_once_and_a_second_scan_says_when_and_by_whom() {
    Event event = doors.soon();
    Guest guest = doors.guest(event, "Ada Lovelace");

    Answer in = scan(staff, event, guest.code().toLowerCase(java.util.Locale.ROOT)).expect(201);
    clock.advance(Duration.ofMinutes(1));
    Answer second = scan(organizer.owner(), event, guest.code()).refused(409, "already-checked-in");

    assertThat(in.text("ticketId")).isEqualTo(guest.ticket().toString());
    assertThat(in.body().at("/attendee/name").asString()).isEqualTo("Ada Lovelace");
    assertThat(in.body().path("inside").asBoolean()).isTrue();
    assertThat(Instant.parse(second.text("checkedInAt")))
        .isEqualTo(Instant.parse(in.text("checkedInAt")));
    assertThat(second.text("checkedInBy")).isEqualTo(in.text("checkedInBy"));
    TicketCheckedIn fact =
        recorded.await(TicketCheckedIn.class, each -> each.ticketId().equals(guest.ticket()));
    assertThat(fact.checkedInAt()).isEqualTo(Instant.parse(in.text("checkedInAt")));
    assertThat(fact.accountId()).isEqualTo(guest.buyer().accountId());
    assertThat(fact.registrationId()).isEqualTo(guest.registration());
  }

  @Test
  void of_many_scanners_at_the_same_moment_one_lets_in() {
    Event event = doors.soon();
    for (int round = 0; round < 5; round++) {
      Guest guest = doors.guest(event, "Ada Lovelace");
      List<Answer> answers = AtOnce.times(8, () -> scan(staff, event, guest.code()));

      assertThat(answers).filteredOn(each -> each.status() == 201).hasSize(1);
      assertThat(answers)
          .filteredOn(each -> each.status() != 201)
          .allSatisfy(each -> assertThat(each.code()).isEqualTo("already-checked-in"));
    }
  }

  @Test
  void the_same_request_lets_in_once_and_is_answered_alike() {
    Event event = doors.soon();
    Guest guest = doors.guest(event, "Ada Lovelace");
    ApiClient again = staff.withKey(Ids.next().toString());

    Answer first = scan(again, event, guest.code()).expect(201);
    assertThat(scan(again, event, guest.code()).expect(201).body()).isEqualTo(first.body());
  }

  @Test
  void who_leaves_may_come_back_and_what_was_a_mistake_is_undone() {
    Event event = doors.soon();
    Guest guest = doors.guest(event, "Ada Lovelace");
    through(event, guest, "out").refused(409, "not-checked-in");
    Answer in = through(event, guest, "in").expect(201);
    clock.advance(Duration.ofMinutes(5));
    Answer out = through(event, guest, "out").expect(201);
    clock.advance(Duration.ofMinutes(5));
    Answer back = through(event, guest, "in").expect(201);

    assertThat(out.body().path("inside").asBoolean()).isFalse();
    assertThat(out.text("leftAt")).isNotEmpty();
    assertThat(back.text("checkedInAt")).isEqualTo(in.text("checkedInAt"));
    staff.delete(event.checkIns() + "/" + guest.ticket()).expect(204);
    staff.delete(event.checkIns() + "/" + guest.ticket()).expect(204);
    assertThat(attendance(event, "?checkedIn=true")).isEmpty();
    recorded.await(CheckInUndone.class, each -> each.ticketId().equals(guest.ticket()));
    AuditEntryRecorded entry =
        recorded.await(
            AuditEntryRecorded.class,
            each ->
                each.action().equals("ticket.check-in-undone")
                    && each.subjectId().equals(guest.ticket().toString()));
    assertThat(entry.before()).containsEntry("checkedInAt", in.text("checkedInAt"));
    clock.advance(Duration.ofMinutes(1));
    through(event, guest, "in").expect(201);
  }

  @Test
  void nobody_gets_in_by_what_is_not_a_ticket_of_the_event_that_counts() {
    Event event = doors.soon();
    Guest elsewhere = doors.guest(doors.soon(), "Ada Lovelace");
    Guest cancelled = doors.guest(event, "Ada Lovelace");
    cancelled.buyer().cancel(cancelled.registration(), Map.of()).expect(200);

    scan(staff, event, "NOSUCHCODE").refused(409, "ticket-not-valid");
    scan(staff, event, elsewhere.code()).refused(409, "ticket-not-valid");
    scan(staff, event, cancelled.code()).refused(409, "ticket-not-valid");
  }

  @Test
  void doors_open_a_day_before_and_never_for_an_event_that_is_cancelled() {
    Event later = doors.begins(Duration.ofDays(3));
    Guest early = doors.guest(later, "Ada Lovelace");
    scan(staff, later, early.code()).refused(409, "check-in-closed");
    Event gone = doors.soon();
    Guest nobody = doors.guest(gone, "Ada Lovelace");
    organizer.cancel(gone.id(), Map.of("reason", "Snow")).expect(202);
    scan(staff, gone, nobody.code()).refused(409, "event-cancelled");
    Event over = doors.soon();
    Guest late = doors.guest(over, "Ada Lovelace");
    clock.advance(Duration.ofDays(2));
    scan(staff, over, late.code()).refused(409, "check-in-closed");
    clock.advance(Duration.ofDays(30));
    upload(staff, over, Map.of("ticketCode", late.code(), "at", clock.instant().toString()))
        .refused(409, "check-in-closed");
  }

  @Test
  void staff_check_in_and_finance_reads_and_strangers_see_nothing() {
    Event event = doors.soon();
    Guest guest = doors.guest(event, "Ada Lovelace");
    ApiClient finance = organizer.member("finance");
    ApiClient stranger = new Organizer(api).owner();

    assertKeptOut(finance, event, guest, 403, "role-missing");
    assertKeptOut(stranger, event, guest, 404, "event-not-found");
    assertKeptOut(guest.buyer().api(), event, guest, 404, "event-not-found");
    finance.get(event.path() + "/attendance").expect(200);
    finance.get(event.path() + "/attendance/export").expect(200);
    stranger.get(event.path() + "/attendance").refused(404, "event-not-found");
    stranger.get(event.path() + "/attendance/export").refused(404, "event-not-found");
    staff
        .delete(event.checkIns() + "/" + doors.guest(doors.soon(), "Bob").ticket())
        .refused(404, "ticket-not-found");
  }

  @Test
  void of_scanners_that_were_offline_the_earliest_counts_whoever_uploads_first() {
    Event event = doors.soon();
    clock.advance(Duration.ofHours(1));
    Instant at = clock.instant().minus(Duration.ofMinutes(30));
    ApiClient back = organizer.member("staff");
    for (boolean frontFirst : List.of(true, false)) {
      Guest guest = doors.guest(event, "Ada Lovelace");
      Map<String, Object> front = Map.of("ticketCode", guest.code(), "at", at.toString());
      Map<String, Object> later =
          Map.of("ticketCode", guest.code(), "at", at.plusSeconds(60).toString());
      if (frontFirst) {
        assertThat(result(upload(staff, event, front))).isEqualTo("checked-in");
      } else {
        assertThat(result(upload(back, event, later))).isEqualTo("checked-in");
        assertThat(result(upload(staff, event, front))).isEqualTo("checked-in");
      }
      Answer second = upload(back, event, later).expect(200);

      assertThat(result(second)).isEqualTo("already-checked-in");
      assertThat(Instant.parse(second.body().at("/data/0/checkedInAt").asString())).isEqualTo(at);
      assertThat(result(upload(staff, event, front))).isEqualTo("checked-in");
      assertThat(scans(guest)).isEqualTo(2);
      recorded.await(
          TicketCheckedIn.class,
          each -> each.ticketId().equals(guest.ticket()) && each.checkedInAt().equals(at));
    }
  }

  @Test
  void an_upload_that_comes_many_times_at_once_and_in_any_order_says_the_same() {
    Event event = doors.soon();
    clock.advance(Duration.ofHours(1));
    Instant at = clock.instant().minus(Duration.ofMinutes(30));
    List<Guest> guests =
        List.of(
            doors.guest(event, "Ada Lovelace"),
            doors.guest(event, "Bob Builder"),
            doors.guest(event, "Cyd Charisse"));
    List<Map<String, Object>> scans = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      scans.add(
          Map.of(
              "ticketCode",
              guests.get(i % 3).code(),
              "at",
              at.plusSeconds(i).toString(),
              "direction",
              i / 3 == 1 ? "out" : "in"));
    }
    AtOnce.numbered(
        6,
        i -> {
          List<Map<String, Object>> shuffled = new ArrayList<>(scans);
          Collections.rotate(shuffled, i);
          return uploadAll(staff, event, shuffled).expect(200);
        });

    assertThat(
            uploadAll(staff, event, scans)
                .expect(200)
                .body()
                .path("data")
                .valueStream()
                .map(each -> each.path("result").asString()))
        .containsExactly(
            "checked-in",
            "checked-in",
            "checked-in",
            "checked-out",
            "checked-out",
            "checked-out",
            "checked-in",
            "checked-in",
            "checked-in");
    assertThat(guests).allSatisfy(guest -> assertThat(scans(guest)).isEqualTo(3));
  }

  @Test
  void each_scan_is_answered_by_what_was_true_at_its_time() {
    Event event = doors.soon();
    Guest cancelled = doors.guest(event, "Ada Lovelace");
    Guest undone = doors.guest(event, "Bob Builder");
    clock.advance(Duration.ofMinutes(10));
    Instant before = clock.instant();
    clock.advance(Duration.ofMinutes(10));
    cancelled.buyer().cancel(cancelled.registration(), Map.of()).expect(200);
    clock.advance(Duration.ofMinutes(10));
    Instant after = clock.instant();

    assertThat(resultAt(event, cancelled, before)).isEqualTo("checked-in");
    assertThat(resultAt(event, cancelled, after)).isEqualTo("ticket-not-valid");
    assertThat(resultAt(event, undone, after.plus(Duration.ofMinutes(1)))).isEqualTo("checked-in");
    staff.delete(event.checkIns() + "/" + undone.ticket()).expect(204);
    assertThat(resultAt(event, undone, after.plus(Duration.ofMinutes(1)))).isEqualTo("undone");
    assertThat(resultAt(event, undone, after.plus(Duration.ofMinutes(3))))
        .isEqualTo("in-the-future");
    assertThat(resultAt(event, undone, after.minus(Duration.ofDays(2)))).isEqualTo("too-early");
    assertThat(result(upload(staff, event, Map.of("ticketCode", "X", "at", after.toString()))))
        .isEqualTo("ticket-not-valid");
    assertThat(attendance(event, "?checkedIn=true"))
        .extracting(each -> each.path("ticketId").asString())
        .containsExactly(cancelled.ticket().toString());
    clock.advance(Duration.ofDays(3));
    assertThat(resultAt(event, undone, clock.instant())).isEqualTo("too-late");
  }

  @Test
  void a_ticket_is_scanned_so_often_and_no_more() {
    Event event = doors.soon();
    Guest guest = doors.guest(event, "Ada Lovelace");
    clock.advance(Duration.ofHours(1));
    List<Map<String, Object>> scans = new ArrayList<>();
    for (int i = 0; i <= SettleScans.MAX_SCANS_OF_TICKET; i++) {
      scans.add(
          Map.of("ticketCode", guest.code(), "at", clock.instant().minusSeconds(i).toString()));
    }
    JsonNode data = uploadAll(staff, event, scans).expect(200).body().path("data");

    assertThat(data.get(SettleScans.MAX_SCANS_OF_TICKET).path("result").asString())
        .isEqualTo("too-many-scans");
    assertThat(scans(guest)).isEqualTo(SettleScans.MAX_SCANS_OF_TICKET);
  }

  @Test
  void a_scanner_takes_along_digests_and_names_and_asks_again_only_for_what_is_new()
      throws NoSuchAlgorithmException {
    Event event = doors.soon();
    Guest guest = doors.guest(event, "Ada Lovelace");
    Guest gone = doors.guest(event, "Bob Builder");
    gone.buyer().cancel(gone.registration(), Map.of()).expect(200);
    String path = event.path() + "/check-in-list";

    Answer list = staff.get(path).expect(200);
    String tag = list.header("ETag");

    assertThat(list.body().path("tickets")).hasSize(1);
    JsonNode listed = list.body().path("tickets").get(0);
    assertThat(listed.path("codeSha256").asString())
        .isEqualTo(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256")
                        .digest(guest.code().getBytes(StandardCharsets.UTF_8))));
    assertThat(listed.path("attendeeName").asString()).isEqualTo("Ada Lovelace");
    assertThat(listed.path("checkedInAt").isNull()).isTrue();
    assertThat(list.body().toString()).doesNotContain(guest.code(), guest.email());
    assertThat(staff.with("If-None-Match", tag).get(path).status()).isEqualTo(304);
    scan(staff, event, guest.code()).expect(201);
    Answer changed = staff.with("If-None-Match", tag).get(path).expect(200);
    assertThat(changed.body().at("/tickets/0/inside").asBoolean()).isTrue();
  }

  @Test
  void who_comes_is_listed_page_by_page_and_for_spreadsheets_without_formulas() {
    Event event = doors.soon();
    Guest first = doors.guest(event, "=HYPERLINK(\"x\")");
    doors.guest(event, "Bob Builder");
    scan(staff, event, first.code()).expect(201);

    Answer page = staff.get(event.path() + "/attendance?limit=1").expect(200);
    Answer next =
        staff.get(event.path() + "/attendance?limit=1&after=" + page.text("next")).expect(200);
    String csv = staff.get(event.path() + "/attendance/export").expect(200).plain();

    assertThat(page.body().at("/data/0/ticketId").asString()).isEqualTo(first.ticket().toString());
    assertThat(next.body().at("/data/0/attendee/name").asString()).isEqualTo("Bob Builder");
    assertThat(next.body().path("next").isNull()).isTrue();
    assertThat(attendance(event, "?checkedIn=false"))
        .extracting(each -> each.at("/attendee/name").asString())
        .containsExactly("Bob Builder");
    assertThat(csv.lines()).hasSize(3);
    assertThat(csv).contains("\"'=HYPERLINK(\"\"x\"\")\"").doesNotContain(",=HYPERLINK");
  }

  private void assertKeptOut(ApiClient who, Event event, Guest guest, int status, String code) {
    Map<String, Object> scan = Map.of("ticketCode", guest.code(), "at", clock.instant().toString());
    scan(who, event, guest.code()).refused(status, code);
    upload(who, event, scan).refused(status, code);
    who.delete(event.checkIns() + "/" + guest.ticket()).refused(status, code);
    who.get(event.path() + "/check-in-list").refused(status, code);
  }

  private Answer scan(ApiClient who, Event event, String code) {
    return who.post(event.checkIns(), Map.of("ticketCode", code));
  }

  private Answer through(Event event, Guest guest, String direction) {
    return staff.post(event.checkIns(), Map.of("ticketCode", guest.code(), "direction", direction));
  }

  private Answer upload(ApiClient who, Event event, Map<String, Object> scan) {
    return uploadAll(who, event, List.of(scan));
  }

  private Answer uploadAll(ApiClient who, Event event, List<Map<String, Object>> scans) {
    return who.post(event.checkIns() + "/batch", Map.of("scans", scans));
  }

  private String resultAt(Event event, Guest guest, Instant at) {
    Map<String, Object> scan = new HashMap<>();
    scan.put("ticketCode", guest.code());
    scan.put("at", at.toString());
    return result(upload(staff, event, scan));
  }

  private static String result(Answer upload) {
    return upload.expect(200).body().at("/data/0/result").asString();
  }

  private int scans(Guest guest) {
    return jdbc.sql("SELECT count(*) FROM check_in_scan WHERE ticket_id = :ticketId")
        .param("ticketId", guest.ticket())
        .query(Integer.class)
        .single();
  }

  private JsonNode attendance(Event event, String query) {
    return staff.get(event.path() + "/attendance" + query).expect(200).body().path("data");
  }
}
