package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * What somebody is about to cancel of a registration. As it begins, the buyer cancels all tickets,
 * by the refund policy.
 *
 * @param terms the body of the request
 */
public record Cancellation(Registration registration, Person by, Map<String, Object> terms) {

  /** What would go back, as a preview tells it. */
  public record Preview(long refundMinor, List<TicketRefund> tickets) {}

  /** What would go back for one ticket. */
  public record TicketRefund(UUID ticketId, long paidMinor, long refundMinor) {}

  static Cancellation of(Registration registration) {
    return new Cancellation(registration, registration.buyer(), Map.of());
  }

  /** Somebody else does it. */
  public Cancellation by(Person other) {
    return new Cancellation(registration, other, terms);
  }

  /** Only these tickets. */
  public Cancellation ofTickets(List<UUID> ticketIds) {
    return with("ticketIds", ticketIds);
  }

  /** Why. */
  public Cancellation because(String reason) {
    return with("reason", reason);
  }

  /**
   * How much goes back; for organizations alone.
   *
   * @param choice {@code by-policy}, {@code full} or {@code none}
   */
  public Cancellation refunding(String choice) {
    return with("refund", choice);
  }

  /** Asks what would go back. */
  public Preview preview() {
    Map<String, Object> asked = new TreeMap<>(terms);
    asked.keySet().retainAll(List.of("ticketIds"));
    JsonNode preview =
        by.api().post(registration.path() + "/cancellation-preview", asked).expect(200).json();
    return new Preview(
        amountMinor(preview.path("refund")),
        preview
            .path("tickets")
            .valueStream()
            .map(ticket ->
                new TicketRefund(
                    UUID.fromString(ticket.path("ticketId").asString()),
                    amountMinor(ticket.path("paid")),
                    amountMinor(ticket.path("refund"))))
            .toList());
  }

  /** Cancels. */
  public Registration done() {
    tried().expect(200);
    return registration;
  }

  /** Cancels and sees what happens. */
  public Answer tried() {
    return by.provenApi()
        .with("Idempotency-Key", UUID.randomUUID().toString())
        .post(registration.path() + "/cancellation", terms);
  }

  private Cancellation with(String field, Object value) {
    Map<String, Object> more = new TreeMap<>(terms);
    more.put(field, value);
    return new Cancellation(registration, by, Map.copyOf(more));
  }

  private static long amountMinor(JsonNode money) {
    return money.path("amountMinor").asLong();
  }
}
