package io.cpdevents.registration.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.erasure.ErasedPerson;
import io.cpdevents.platform.erasure.ErasedPerson.Address;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.registration.Buyer;
import io.cpdevents.registration.Organizer;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Which tickets say something about a person, and which do not. */
@CpdIntegrationTest
class ErasedPeopleIT {

  @Autowired ErasedPeople erasedPeople;
  @Autowired ForgetLateReasons forgetLateReasons;
  @Autowired ApiClient api;
  @Autowired JdbcClient jdbc;
  @Autowired MutableClock clock;

  private UUID event;
  private UUID ticketType;

  @BeforeEach
  void publish() {
    Organizer organizer = new Organizer(api);
    event = organizer.draft(20);
    ticketType = organizer.ticketType(event, 0, null);
    organizer.publish(event);
  }

  /** Somebody books one ticket; its registration. */
  private UUID booked(UUID buyer, String name, String email) {
    return api.as(TestTokens.bearer(buyer))
        .withKey(Ids.next().toString())
        .post(
            "/api/v1/events/" + event + "/registrations",
            Map.of(
                "tickets",
                List.of(
                    Map.of(
                        "ticketTypeId",
                        ticketType,
                        "attendee",
                        Map.of("name", name, "email", email)))))
        .expect(201)
        .id();
  }

  private String named(UUID registration) {
    return jdbc.sql(
            """
            SELECT attendee_name || ' <' || attendee_email || '>' FROM ticket
             WHERE registration_id = :id
            """)
        .param("id", registration)
        .query(String.class)
        .single();
  }

  private static String newEmail() {
    return Ids.next() + "@example.org";
  }

  private static final String NOBODY = "(erased) <erased@erased.invalid>";

  @Test
  void guests_keep_their_tickets_though_the_buyers_name_is_a_part_of_theirs() {
    UUID buyer = Ids.next();
    String own = newEmail();
    String guests = newEmail();
    UUID guest = booked(buyer, "Elizabeth Li", guests);
    UUID sameWord = booked(buyer, "Li Wei", guests);
    UUID atWork = booked(buyer, "LI", newEmail());
    UUID own1 = booked(buyer, "Ms. Li", own.toUpperCase(java.util.Locale.ROOT));

    erasedPeople.forgetAttendee(new ErasedPerson(buyer, own, "Li", List.of(), List.of(), null));

    assertThat(named(guest)).isEqualTo("Elizabeth Li <" + guests + ">");
    assertThat(named(sameWord)).isEqualTo("Li Wei <" + guests + ">");
    assertThat(named(atWork)).isEqualTo(NOBODY);
    assertThat(named(own1)).isEqualTo(NOBODY);
  }

  @Test
  void what_says_a_former_name_or_address_is_found_and_what_others_booked_with_it_since_is_not() {
    UUID person = Ids.next();
    UUID colleague = Ids.next();
    String kept = newEmail();
    String givenUp = newEmail();
    UUID own = booked(person, "Ada  Byron", newEmail());
    UUID byColleague = booked(colleague, "A. Byron", kept);
    UUID before = booked(colleague, "A. Byron", givenUp);
    Instant until = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    UUID since = booked(Ids.next(), "Bob Next", givenUp);
    UUID late = booked(colleague, "A. Byron", kept);

    erasedPeople.forgetAttendee(
        new ErasedPerson(
            person,
            newEmail(),
            "Ada King",
            List.of("Ada Lovelace", "ada byron"),
            List.of(new Address(kept, null, null), new Address(givenUp, null, until)),
            null));

    assertThat(List.of(named(own), named(byColleague), named(before), named(late)))
        .containsOnly(NOBODY);
    assertThat(named(since)).isEqualTo("Bob Next <" + givenUp + ">");
  }

  @Test
  void who_had_a_ticket_until_it_was_given_away_is_forgotten_too() {
    UUID buyer = Ids.next();
    String guests = newEmail();
    UUID registration = booked(buyer, "Ada Lovelace", guests);
    api.as(TestTokens.bearer(buyer))
        .patch(
            "/api/v1/tickets/" + ticket(registration),
            Map.of("attendee", Map.of("name", "Grace Hopper", "email", newEmail())))
        .expect(200);
    assertThat(formerHolders(registration)).containsExactly("Ada Lovelace <" + guests + ">");

    erasedPeople.forgetAttendee(
        new ErasedPerson(Ids.next(), guests, "Ada Lovelace", List.of(), List.of(), null));

    assertThat(formerHolders(registration)).containsExactly(NOBODY);
    assertThat(named(registration)).startsWith("Grace Hopper");
  }

  @Test
  void an_address_is_the_persons_only_while_it_is_theirs() {
    UUID person = Ids.next();
    UUID colleague = Ids.next();
    String address = newEmail();
    UUID ofSomebodyBefore = booked(colleague, "Bea Before", address);
    UUID givenLater = booked(colleague, "Cy Colleague", newEmail());
    UUID givenAway = booked(colleague, "Bea Before", address);
    clock.advance(Duration.ofMinutes(1));
    transfer(colleague, givenAway, "Cy Colleague", newEmail());
    Instant since = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    transfer(colleague, givenLater, "Ada King", address);
    UUID own = booked(colleague, "Ada King", address);

    erasedPeople.forgetAttendee(
        new ErasedPerson(person, address, "Ada King", List.of(), List.of(), since));

    assertThat(named(ofSomebodyBefore)).isEqualTo("Bea Before <" + address + ">");
    assertThat(formerHolders(givenAway)).containsExactly("Bea Before <" + address + ">");
    assertThat(named(givenLater)).isEqualTo(NOBODY);
    assertThat(formerHolders(givenLater)).singleElement().asString().startsWith("Cy Colleague");
    assertThat(named(own)).isEqualTo(NOBODY);
  }

  private void transfer(UUID buyer, UUID registration, String name, String email) {
    api.as(TestTokens.bearer(buyer))
        .patch(
            "/api/v1/tickets/" + ticket(registration),
            Map.of("attendee", Map.of("name", name, "email", email)))
        .expect(200);
  }

  @Test
  void what_a_person_answered_goes_with_them_though_the_ticket_is_somebody_elses_by_now() {
    UUID colleague = Ids.next();
    String address = newEmail();
    UUID registration = booked(colleague, "Ada King", address);
    answer(registration, 1, "text", true);
    transfer(colleague, registration, "Cy Colleague", newEmail());

    erasedPeople.forgetAnswers(
        new ErasedPerson(Ids.next(), address, "Ada King", List.of(), List.of(), null));

    assertThat(kept(registration)).isEmpty();
  }

  @Test
  void what_was_typed_about_others_keeps_all_but_the_person() {
    UUID registration = booked(Ids.next(), "Cy Colleague", newEmail());
    jdbc.sql(
            """
            INSERT INTO registration_note (id, registration_id, text, made_by, made_at)
            VALUES (:id, :registrationId, :text, :id, :now)
            """)
        .param("id", Ids.next())
        .param("registrationId", registration)
        .param("text", "Sits beside ada  king, Ada Kingsley and A.K@example.org.")
        .param("now", Timestamp.from(clock.instant()))
        .update();

    ErasedPerson person =
        new ErasedPerson(
            Ids.next(), "a.k@example.org", "Ada King", List.of("Sits"), List.of(), null);
    erasedPeople.forgetMentions(person, List.of());
    assertThat(noted(registration))
        .as("with that organization they had nothing to do")
        .startsWith("Sits beside ada");

    erasedPeople.forgetMentions(person, List.of(registration));

    assertThat(noted(registration)).isEqualTo("Sits beside (erased), Ada Kingsley and (erased).");
  }

  private String noted(UUID registration) {
    return jdbc.sql("SELECT text FROM registration_note WHERE registration_id = :id")
        .param("id", registration)
        .query(String.class)
        .single();
  }

  @Test
  void an_export_has_what_was_answered_given_away_scanned_and_typed_while_an_address_was_theirs() {
    UUID person = Ids.next();
    UUID colleague = Ids.next();
    String address = newEmail();
    UUID before = booked(colleague, "Bea Before", address);
    answer(before, 1, "text", true);
    clock.advance(Duration.ofMinutes(1));
    Instant since = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    UUID own = booked(person, "Ada King", address);
    answer(own, 1, "text", false);
    UUID givenAway = booked(colleague, "A. King", address);
    answer(givenAway, 1, "choice", true);
    transfer(colleague, givenAway, "Grace Hopper", newEmail());
    UUID givenToThem = booked(colleague, "Cy Colleague", newEmail());
    answer(givenToThem, 1, "text", true);
    transfer(colleague, givenToThem, "A. King", address);
    jdbc.sql(
            """
            INSERT INTO check_in_scan (id, ticket_id, direction, scanned_at, scanned_by, received_at)
            SELECT id, id, 'in', :now, id, :now FROM ticket WHERE registration_id IN (:registrations)
            """)
        .param("now", Timestamp.from(clock.instant()))
        .param("registrations", List.of(before, own, givenAway))
        .update();

    JsonNode told =
        api.as("Bearer internal-token-of-the-test")
            .post(
                "/internal/personal-data",
                Map.of("accountId", person, "email", address, "emailSince", since.toString()))
            .expect(200)
            .body();

    assertThat(told.path("ticketsFromOthers").valueStream().map(ErasedPeopleIT::attendee))
        .containsExactly("A. King");
    assertThat(told.path("ticketsGivenAway").valueStream().map(ErasedPeopleIT::attendee))
        .containsExactly("A. King");
    assertThat(told.path("checkIns")).hasSize(1);
    assertThat(told.path("answers")).hasSize(1);
    assertThat(told.path("answersFromOthers")).as("not Cy Colleague's").hasSize(1);
  }

  private static String attendee(JsonNode row) {
    return row.path("attendeeName").asString();
  }

  private UUID ticket(UUID registration) {
    return jdbc.sql("SELECT id FROM ticket WHERE registration_id = :id")
        .param("id", registration)
        .query(UUID.class)
        .single();
  }

  private List<String> formerHolders(UUID registration) {
    return jdbc.sql(
            """
            SELECT former_name || ' <' || former_email || '>' FROM ticket_change h
              JOIN ticket t ON t.id = h.ticket_id
             WHERE t.registration_id = :id
            """)
        .param("id", registration)
        .query((row, _) -> row.getString(1))
        .list();
  }

  @Test
  void answers_of_the_person_go_and_those_about_guests_and_consents_stay() {
    UUID buyer = Ids.next();
    String own = newEmail();
    UUID registration = booked(buyer, "Ada King", own);
    UUID guests = booked(buyer, "Grace", newEmail());
    UUID byColleague = booked(Ids.next(), "A. K.", own);
    answer(registration, 1, "text", false);
    answer(registration, 2, "consent", false);
    answer(registration, 3, "choice", true);
    answer(guests, 1, "text", true);
    answer(byColleague, 1, "text", true);
    answer(byColleague, 2, "text", false);

    erasedPeople.forgetAnswers(
        new ErasedPerson(
            buyer, own, "Ada King", List.of(), List.of(new Address(own, null, null)), null));

    assertThat(kept(registration)).containsExactly(2);
    assertThat(kept(guests)).containsExactly(1);
    assertThat(kept(byColleague)).containsExactly(2);
  }

  private void answer(UUID registration, int position, String kind, boolean ofTicket) {
    jdbc.sql(
            """
            INSERT INTO registration_answer
                (registration_id, position, question_id, ticket_id, label, kind, value)
            SELECT k.registration_id, :position, :questionId,
                CASE WHEN :ofTicket THEN k.id END, 'Diet', :kind, 'true'
            FROM ticket k WHERE k.registration_id = :id
            """)
        .param("id", registration)
        .param("position", position)
        .param("questionId", Ids.next())
        .param("kind", kind)
        .param("ofTicket", ofTicket)
        .update();
  }

  private List<Integer> kept(UUID registration) {
    return jdbc.sql(
            """
            SELECT position FROM registration_answer
            WHERE registration_id = :id AND value IS NOT NULL ORDER BY position
            """)
        .param("id", registration)
        .query((row, _) -> row.getInt("position"))
        .list();
  }

  @Test
  void a_reason_that_is_typed_after_an_erasure_is_forgotten_too() {
    UUID person = Ids.next();
    UUID registration = booked(person, "(erased)", "erased@erased.invalid");
    jdbc.sql(
            """
            INSERT INTO erasure_task (erasure_id, account_id, received_at, next_attempt_at, answered_at)
            VALUES (:id, :accountId, :now, :now, :now)
            """)
        .param("id", Ids.next())
        .param("accountId", person)
        .param("now", Timestamp.from(clock.instant()))
        .update();
    Buyer.cancel(
            api.as(TestTokens.bearer(person)), registration, Map.of("reason", "Ada cannot come"))
        .expect(200);
    assertThat(reasons(registration)).containsExactly("Ada cannot come");

    assertThat(forgetLateReasons.handle()).isPositive();

    assertThat(reasons(registration)).isEmpty();
    assertThat(forgetLateReasons.handle()).isZero();
  }

  private List<String> reasons(UUID registration) {
    return jdbc.sql(
            """
            SELECT reason FROM registration_history
             WHERE registration_id = :id AND reason IS NOT NULL
            """)
        .param("id", registration)
        .query((row, _) -> row.getString("reason"))
        .list();
  }
}
