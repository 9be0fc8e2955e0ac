package io.cpdevents.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.TestDatabase;
import io.cpdevents.registration.registrations.AcceptPayment;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The books that all crowds are held against find what is wrong, each thing by itself. */
@CpdIntegrationTest
class PlaceBooksIT {

  private static final long PRICE_MINOR = 5_000;

  private final TestDatabase database;
  private final PlaceBooks books;
  private final UUID event;
  private final UUID held;
  private final UUID confirmed;

  @Autowired
  PlaceBooksIT(ApiClient api, JdbcClient jdbc, TestDatabase database, AcceptPayment acceptPayment) {
    this.database = database;
    this.books = new PlaceBooks(jdbc);
    Organizer organizer = new Organizer(api);
    Map<String, Object> request = new HashMap<>(organizer.eventRequest("Wound care", 3));
    request.put("perAccountLimit", 2);
    this.event = organizer.create(request);
    UUID ticketType = organizer.ticketType(event, PRICE_MINOR, 3);
    organizer.publish(event);
    organizer
        .owner()
        .post(
            "/api/v1/events/" + event + "/quotas",
            Map.of("name", "Seats", "capacity", 3, "ticketTypeIds", List.of(ticketType)))
        .expect(201);
    organizer.promoCode("HALF", Map.of("percentOff", 5_000, "maxUsesPerAccount", 1)).expect(201);
    this.held = Buyer.of(api).register(event, "HALF", List.of(ticketType)).expect(201).id();
    this.confirmed = Buyer.of(api).register(event, List.of(ticketType)).expect(201).id();
    acceptPayment.handle(
        new AcceptPayment.Command(Ids.next(), confirmed, Money.of(PRICE_MINOR, "CAD")));
    Buyer third = Buyer.of(api);
    UUID letsGo = third.register(event, List.of(ticketType)).expect(201).id();
    Answer joined =
        Buyer.of(api)
            .api()
            .withKey(Ids.next().toString())
            .post(
                "/api/v1/events/" + event + "/waitlist",
                Map.of("tickets", List.of(Map.of("ticketTypeId", ticketType, "quantity", 1))));
    joined.expect(201);
    third.cancel(letsGo, Map.of()).expect(200);
  }

  @Test
  void whatever_differs_from_the_rows_is_named() throws SQLException {
    assertThat(books.differences(List.of(event))).isEmpty();
    Map<String, String> faults = new LinkedHashMap<>();
    faults.put("UPDATE event SET taken = 2 WHERE id = '%s'", "event %s counts 2 places, and 3");
    faults.put(
        "ALTER TABLE event DROP CONSTRAINT event_taken_within_capacity;"
            + " UPDATE event SET capacity = 2 WHERE id = '%s'",
        "event %s counts 3 places, and 3 are taken of 2");
    faults.put("UPDATE ticket_type SET taken = 2 WHERE event_id = '%s'", "counts 2 places");
    faults.put(
        "ALTER TABLE ticket_type DROP CONSTRAINT ticket_type_taken_within_quota;"
            + " UPDATE ticket_type SET quota = 1 WHERE event_id = '%s'",
        "and 3 are taken of 1");
    faults.put("UPDATE quota SET taken = 1 WHERE event_id = '%s'", "quota ");
    faults.put(
        "UPDATE account_limit_use SET registrations = 5 WHERE event_id = '%s'",
        "counts 5 registrations for event %s, and has");
    faults.put(
        "DELETE FROM account_limit_use WHERE event_id = '%s'",
        "counts  registrations for event %s, and has 1");
    faults.put(
        "UPDATE waitlist_entry SET status = 'waiting' WHERE event_id = '%s'",
        "event %s counts 3 places, and 2");
    String ofEvent = " FROM registration r WHERE r.event_id = '%s' AND ";
    faults.put(
        "UPDATE promo_code_use u SET uses = 0" + ofEvent + "r.promo_code_id = u.promo_code_id",
        "counts 0 uses, and 1 registrations have it");
    faults.put(
        "UPDATE promo_code_account_use u SET uses = 0"
            + ofEvent
            + "r.promo_code_id = u.promo_code_id",
        "counts 0 uses of account");
    faults.put(
        "DELETE FROM promo_code_account_use u USING registration r WHERE r.event_id = '%s'"
            + " AND r.promo_code_id = u.promo_code_id",
        "does not count account");
    faults.put(
        "UPDATE ticket k SET status = 'cancelled', cancelled_at = now(), refund_minor = 0"
            + ofEvent
            + "r.id = k.registration_id AND r.status = 'confirmed'",
        "registration " + confirmed + " is confirmed and has no place");
    faults.put(
        "UPDATE registration SET status = 'cancelled', cancelled_at = now()"
            + " WHERE event_id = '%s' AND status = 'held'",
        "registration " + held + " is cancelled and has a valid ticket");
    faults.put(
        "UPDATE registration SET payment_id = NULL WHERE event_id = '%s'",
        "registration " + confirmed + " is confirmed and not paid");
    faults.put(
        "INSERT INTO refund_request SELECT r.id, r.payment_id, r.id, r.event_id,"
            + " 'payment-too-late', '[]', 'requested', now(), now()"
            + ofEvent
            + "r.payment_id IS NOT NULL",
        "has paid for places and goes back as useless");
    for (Map.Entry<String, String> fault : faults.entrySet()) {
      assertThat(differencesAfter(fault.getKey().formatted(event)))
          .as(fault.getKey())
          .anyMatch(each -> each.contains(fault.getValue().formatted(event)));
    }
    assertThat(books.differences(List.of(event))).isEmpty();
  }

  /** What the books say after a change that is never committed. */
  private List<String> differencesAfter(String change) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(database.url(), database.owner(), database.ownerPassword())) {
      connection.setAutoCommit(false);
      JdbcClient changed = JdbcClient.create(new SingleConnectionDataSource(connection, true));
      changed.sql(change).update();
      List<String> differences = new PlaceBooks(changed).differences(List.of(event));
      connection.rollback();
      return differences;
    }
  }
}
