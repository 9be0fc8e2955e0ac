package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.registration.Doorkeeping;
import io.cpdevents.registration.Doorkeeping.Event;
import io.cpdevents.registration.Doorkeeping.Guest;
import io.cpdevents.registration.Organizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@CpdIntegrationTest
class OrganizerViewIT {

  private final ApiClient api;
  private final MutableClock clock;
  private final RecordedEvents recorded;
  private final Organizer organizer;
  private final Doorkeeping doors;
  private final Bookings bookings;
  private final ApiClient staff;

  @Autowired
  OrganizerViewIT(
      ApiClient api, MutableClock clock, RecordedEvents recorded, AcceptPayment acceptPayment) {
    this.api = api;
    this.clock = clock;
    this.recorded = recorded;
    this.organizer = new Organizer(api);
    this.doors = new Doorkeeping(api, organizer, clock);
    this.bookings = new Bookings(api, organizer, acceptPayment);
    this.staff = organizer.member("staff");
  }

  @Test
  void registrations_are_found_by_name_address_and_reference_and_by_what_has_become_of_them() {
    Event event = doors.soon();
    Guest ada = doors.guest(event, "Ada Lovelace");
    Guest bob = doors.guest(event, "Bob %_ Builder");
    staff.post(event.checkIns(), Map.of("ticketCode", bob.code())).expect(201);
    String reference =
        ada.buyer().api().get("/api/v1/registrations/" + ada.registration()).text("reference");

    assertThat(found(event, "?search=LOVEL")).containsExactly(ada.registration());
    assertThat(found(event, "?search=" + bob.email().substring(0, 36)))
        .containsExactly(bob.registration());
    assertThat(found(event, "?search=" + reference)).containsExactly(ada.registration());
    assertThat(found(event, "?search=" + reference.toLowerCase(java.util.Locale.ROOT)))
        .containsExactly(ada.registration());
    // No pattern, but what it says.
    assertThat(found(event, "?search=%_")).containsExactly(bob.registration());
    assertThat(found(event, "?search=nobody")).isEmpty();
    assertThat(found(event, "?checkedIn=true")).containsExactly(bob.registration());
    assertThat(found(event, "?checkedIn=false")).containsExactly(ada.registration());
    assertThat(found(event, "?paid=true")).isEmpty();
    assertThat(found(event, "?paid=false&status=confirmed")).hasSize(2);
    assertThat(found(event, "?ticketTypeId=" + event.ticketType())).hasSize(2);
    assertThat(found(event, "?ticketTypeId=" + UUID.randomUUID())).isEmpty();
    staff.get(event.path() + "/registrations?paid=maybe").refused(400, "invalid-request");
  }

  @Test
  void a_payment_is_what_makes_a_registration_paid() {
    Bookings.OnSale sale = bookings.onSale(5, 12_550);
    Bookings.Booking paid = bookings.paid(sale, 1);
    bookings.booked(sale, 1);

    assertThat(
            staff
                .get("/api/v1/events/" + sale.event() + "/registrations?paid=true")
                .expect(200)
                .body()
                .path("data"))
        .extracting(each -> each.path("id").asString())
        .containsExactly(paid.id().toString());
  }

  @Test
  void all_of_them_are_exported_with_a_row_for_each_ticket_and_no_formula_and_no_code() {
    Event event = doors.soon();
    Guest evil = doors.guest(event, "=1+1");
    doors.guest(event, "Bob Builder");

    String csv = staff.get(event.path() + "/registrations/export").expect(200).plain();
    String found =
        staff.get(event.path() + "/registrations/export?search=builder").expect(200).plain();

    assertThat(csv.lines()).hasSize(3);
    assertThat(csv).contains(",'=1+1,").doesNotContain(evil.code());
    assertThat(found.lines()).hasSize(2);
    new Organizer(api)
        .owner()
        .get(event.path() + "/registrations/export")
        .refused(404, "event-not-found");
  }

  @Test
  void sales_are_told_by_the_days_of_the_event() {
    Event event = doors.begins(Duration.ofDays(20));
    doors.guest(event, "Ada Lovelace");
    doors.guest(event, "Bob Builder");
    clock.advance(Duration.ofDays(2));
    Guest later = doors.guest(event, "Cyd Charisse");
    later.buyer().cancel(later.registration(), Map.of()).expect(200);

    Answer sales = organizer.member("finance").get(event.path() + "/sales").expect(200);

    assertThat(sales.body().path("data"))
        .extracting(
            day -> day.path("registrations").asInt(),
            day -> day.path("tickets").asInt(),
            day -> day.path("cancelledTickets").asInt())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2, 2, 0),
            org.assertj.core.groups.Tuple.tuple(1, 1, 1));
    new Organizer(api).owner().get(event.path() + "/sales").refused(404, "event-not-found");
  }

  @Test
  void owners_and_admins_write_notes_and_remove_them() {
    Event event = doors.soon();
    Guest ada = doors.guest(event, "Ada Lovelace");
    String notes = "/api/v1/registrations/" + ada.registration() + "/notes";
    ApiClient admin = organizer.member("admin");

    Answer note = admin.post(notes, Map.of("text", "Needs a seat near the door")).expect(201);
    assertThat(organizer.owner().get(notes).expect(200).body().path("data"))
        .containsExactly(note.body());
    assertThat(organizer.owner().get(notes + "/" + note.id()).expect(200).body())
        .isEqualTo(note.body());
    staff.get(notes + "/" + note.id()).refused(403, "role-missing");
    for (int i = 1; i < 100; i++) {
      admin.post(notes, Map.of("text", "Note " + i)).expect(201);
    }
    admin.post(notes, Map.of("text", "One more")).refused(409, "too-many-notes");
    admin.delete(notes + "/" + note.id()).expect(204);
    admin.delete(notes + "/" + note.id()).refused(404, "note-not-found");
    admin.get(notes + "/" + note.id()).refused(404, "note-not-found");
    staff.get(notes).refused(403, "role-missing");
    staff.post(notes, Map.of("text", "Hm")).refused(403, "role-missing");
    ada.buyer().api().get(notes).refused(404, "registration-not-found");
    AuditEntryRecorded entry =
        recorded.await(
            AuditEntryRecorded.class,
            each ->
                each.action().equals("note.removed")
                    && each.subjectId().equals(ada.registration().toString()));
    assertThat(entry.toString()).doesNotContain("seat");
  }

  private List<UUID> found(Event event, String query) {
    return staff
        .get(event.path() + "/registrations" + query)
        .expect(200)
        .body()
        .path("data")
        .valueStream()
        .map(each -> UUID.fromString(each.path("id").asString()))
        .toList();
  }
}
