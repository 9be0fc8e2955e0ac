package io.cpdevents.registration.tickets;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketTransferred;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@CpdIntegrationTest
class TransferTicketIT {

  private final ApiClient api;
  private final MutableClock clock;
  private final RecordedEvents recorded;
  private final Organizer organizer;
  private final Doorkeeping doors;
  private final ApiClient staff;

  @Autowired
  TransferTicketIT(ApiClient api, MutableClock clock, RecordedEvents recorded) {
    this.api = api;
    this.clock = clock;
    this.recorded = recorded;
    this.organizer = new Organizer(api);
    this.doors = new Doorkeeping(api, organizer, clock);
    this.staff = organizer.member("staff");
  }

  @Test
  void who_gets_a_ticket_gets_a_new_code_and_the_old_one_dies() {
    Event event = doors.soon();
    Guest guest = doors.guest(event, "Ada Lovelace");
    Answer seen = guest.buyer().api().get(guest.path()).expect(200);
    clock.advance(Duration.ofMinutes(10));
    Instant before = clock.instant();
    clock.advance(Duration.ofMinutes(10));

    Answer given = give(guest.buyer().api(), guest, "Grace Hopper").expect(200);

    assertThat(seen.text("code")).isEqualTo(guest.code());
    assertThat(given.text("code")).hasSize(26).isNotEqualTo(guest.code());
    assertThat(given.body().at("/attendee/name").asString()).isEqualTo("Grace Hopper");
    assertThat(given.body().path("version").asInt()).isEqualTo(2);
    TicketTransferred fact =
        recorded.await(TicketTransferred.class, each -> each.ticketId().equals(guest.ticket()));
    assertThat(fact.codeChanged()).isTrue();
    assertThat(
            api.as("Bearer internal-token-of-the-test")
                .get("/internal/mail-contents?registrationId=" + guest.registration())
                .body()
                .at("/0/formerHolders/0/email")
                .asString())
        .isEqualTo(guest.email());
    AuditEntryRecorded entry =
        recorded.await(
            AuditEntryRecorded.class,
            each ->
                each.action().equals("ticket.transferred")
                    && each.subjectId().equals(guest.ticket().toString()));
    assertThat(entry.toString()).doesNotContain("Grace", guest.email());
    staff
        .post(event.checkIns(), Map.of("ticketCode", guest.code()))
        .refused(409, "ticket-not-valid");
    // A scanner that was offline may have seen the old one while it counted.
    assertThat(uploaded(event, guest.code(), clock.instant())).isEqualTo("ticket-not-valid");
    assertThat(uploaded(event, guest.code(), before)).isEqualTo("checked-in");
    staff
        .post(event.checkIns(), Map.of("ticketCode", given.text("code")))
        .refused(409, "already-checked-in");
  }

  @Test
  void a_name_that_is_corrected_leaves_the_code_and_the_same_holder_changes_nothing() {
    Event event = doors.soon();
    Guest guest = doors.guest(event, "Ada Lovelase");

    Answer corrected =
        guest
            .buyer()
            .api()
            .patch(guest.path(), Map.of("attendee", Map.of("name", "Ada Lovelace")))
            .expect(200);
    Answer same =
        guest
            .buyer()
            .api()
            .patch(guest.path(), Map.of("attendee", Map.of("name", "Ada Lovelace")))
            .expect(200);

    assertThat(corrected.text("code")).isEqualTo(guest.code());
    assertThat(corrected.body().path("version").asInt()).isEqualTo(2);
    assertThat(same.body()).isEqualTo(corrected.body());
    assertThat(
            recorded
                .await(TicketTransferred.class, each -> each.ticketId().equals(guest.ticket()))
                .codeChanged())
        .isFalse();
    staff.post(event.checkIns(), Map.of("ticketCode", guest.code())).expect(201);
  }

  @Test
  void of_a_transfer_and_a_check_in_at_the_same_moment_one_comes_first_and_the_other_is_refused() {
    Event event = doors.soon();
    for (int round = 0; round < 10; round++) {
      Guest guest = doors.guest(event, "Ada Lovelace");
      List<Answer> answers =
          AtOnce.numbered(
              2,
              i ->
                  i == 0
                      ? give(guest.buyer().api(), guest, "Grace Hopper")
                      : staff.post(event.checkIns(), Map.of("ticketCode", guest.code())));

      if (answers.get(0).status() == 200) {
        answers.get(1).refused(409, "ticket-not-valid");
      } else {
        answers.get(0).refused(409, "already-checked-in");
        answers.get(1).expect(201);
      }
    }
  }

  @Test
  void the_organization_decides_whether_and_until_when_buyers_may_and_may_itself() {
    Event event = doors.soon();
    Guest guest = doors.guest(event, "Ada Lovelace");
    String rules = event.path() + "/transfers";
    assertThat(staff.get(rules).expect(200).body().path("allowed").asBoolean()).isTrue();
    staff.put(rules, Map.of("allowed", false)).refused(403, "role-missing");
    new Organizer(api).owner().put(rules, Map.of("allowed", false)).refused(404, "event-not-found");
    assertThat(organizer.owner().put(rules, Map.of()).refused(400, "invalid-request").fieldErrors())
        .containsExactly("allowed: required");

    organizer.owner().put(rules, Map.of("allowed", false)).expect(200);
    give(guest.buyer().api(), guest, "Grace Hopper").refused(409, "transfer-closed");
    give(organizer.member("admin"), guest, "Grace Hopper").expect(200);
    organizer
        .owner()
        .put(
            rules,
            Map.of(
                "allowed", true, "until", clock.instant().plus(Duration.ofMinutes(5)).toString()))
        .expect(200);
    give(guest.buyer().api(), guest, "Hedy Lamarr").expect(200);
    clock.advance(Duration.ofMinutes(5));
    give(guest.buyer().api(), guest, "Ida Rhodes").refused(409, "transfer-closed");
    give(staff, guest, "Ida Rhodes").refused(403, "role-missing");
    give(new Organizer(api).owner(), guest, "Ida Rhodes").refused(404, "ticket-not-found");
    recorded.await(
        AuditEntryRecorded.class,
        each ->
            each.action().equals("event.transfers-changed")
                && each.subjectId().equals(event.id().toString()));
  }

  @Test
  void what_lets_nobody_in_is_given_to_nobody() {
    Event event = doors.soon();
    Guest cancelled = doors.guest(event, "Ada Lovelace");
    cancelled.buyer().cancel(cancelled.registration(), Map.of()).expect(200);
    give(cancelled.buyer().api(), cancelled, "Grace Hopper").refused(409, "already-cancelled");
    Guest often = doors.guest(event, "Ada Lovelace");
    for (int i = 0; i < IssuedTicket.MAX_CHANGES; i++) {
      give(often.buyer().api(), often, "Guest number " + i).expect(200);
    }
    give(often.buyer().api(), often, "One more").refused(409, "too-many-transfers");
    often
        .buyer()
        .api()
        .with("If-Match", "\"1\"")
        .patch(often.path(), Map.of("attendee", Map.of("name", "X")))
        .refused(412, "changed-meanwhile");
    assertThat(
            often
                .buyer()
                .api()
                .patch(often.path(), Map.of("attendee", Map.of("email", "nobody")))
                .refused(400, "invalid-request")
                .fieldErrors())
        .containsExactly("attendee.email: wrong-format");
  }

  private String uploaded(Event event, String code, Instant at) {
    return staff
        .post(
            event.checkIns() + "/batch",
            Map.of("scans", List.of(Map.of("ticketCode", code, "at", at.toString()))))
        .expect(200)
        .body()
        .at("/data/0/result")
        .asString();
  }

  private static Answer give(ApiClient who, Guest guest, String name) {
    return who.patch(
        guest.path(),
        Map.of("attendee", Map.of("name", name, "email", Ids.next() + "@example.org")));
  }
}
