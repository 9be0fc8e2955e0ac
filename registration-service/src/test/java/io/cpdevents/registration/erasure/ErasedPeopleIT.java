package io.cpdevents.registration.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.registration.Buyer;
import io.cpdevents.registration.Organizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is forgotten on tickets, and who is not. */
@CpdIntegrationTest
class ErasedPeopleIT {

  private final ApiClient api;
  private final JdbcClient jdbc;
  private final ErasedPeople erasedPeople;
  private final Organizer organizer;

  @Autowired
  ErasedPeopleIT(ApiClient api, JdbcClient jdbc, ErasedPeople erasedPeople) {
    this.api = api;
    this.jdbc = jdbc;
    this.erasedPeople = erasedPeople;
    this.organizer = new Organizer(api);
  }

  @Test
  void guests_keep_names_of_which_that_of_the_buyer_is_a_part() {
    Buyer buyer = Buyer.of(api);
    String word = unique();
    UUID registration =
        booked(
            buyer,
            List.of(
                Map.of("name", "E%s Bennet".formatted(word), "email", word + "-guest@example.org"),
                Map.of("name", word, "email", word + "-typo@example.org")));

    erasedPeople.forgetAttendee(person(buyer, word + "@example.org", word, List.of(), List.of()));

    assertThat(attendees(registration)).containsExactly("E%s Bennet".formatted(word), "(erased)");
  }

  @Test
  void whoever_was_called_otherwise_is_found_by_former_names_and_addresses() {
    Buyer buyer = Buyer.of(api);
    Buyer colleague = Buyer.of(api);
    String former = "Ada " + unique();
    String formerEmail = unique() + "@example.org";
    UUID own =
        booked(
            buyer,
            List.of(
                Map.of("name", "Dr. " + former, "email", unique() + "@example.org"),
                Map.of("name", "Grace Guest", "email", unique() + "@example.org")));
    UUID byColleague = booked(colleague, List.of(Map.of("name", "A. B.", "email", formerEmail)));

    erasedPeople.forgetAttendee(
        person(
            buyer,
            unique() + "@example.org",
            "Ada Other",
            List.of(formerEmail.toUpperCase(Locale.ROOT)),
            List.of(former)));

    assertThat(attendees(own)).containsExactly("(erased)", "Grace Guest");
    assertThat(attendees(byColleague)).containsExactly("(erased)");
  }

  private static String unique() {
    return "x" + Ids.next().toString().substring(24);
  }

  private UUID booked(Buyer buyer, List<Map<String, String>> attendees) {
    UUID event = organizer.draft(10);
    UUID ticketType = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    return buyer
        .api()
        .withKey(Ids.next().toString())
        .post(
            "/api/v1/events/" + event + "/registrations",
            Map.of(
                "tickets",
                attendees.stream()
                    .map(attendee -> Map.of("ticketTypeId", ticketType, "attendee", attendee))
                    .toList()))
        .expect(201)
        .id();
  }

  private ErasedPerson person(
      Buyer buyer, String email, String name, List<String> formerEmails, List<String> formerNames) {
    return new ErasedPerson(buyer.accountId(), email, name, formerEmails, formerNames);
  }

  private List<String> attendees(UUID registration) {
    return jdbc.sql(
            "SELECT attendee_name FROM ticket WHERE registration_id = :id ORDER BY position")
        .param("id", registration)
        .query((row, _) -> row.getString("attendee_name"))
        .list();
  }
}
