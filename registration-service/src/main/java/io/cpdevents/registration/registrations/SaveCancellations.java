package io.cpdevents.registration.registrations;

import io.cpdevents.platform.messaging.Outbox;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** What every cancellation ends in: rows, facts for other services, and places that are free. */
@Component
class SaveCancellations {

  private final Registrations registrations;
  private final RefundRequests refundRequests;
  private final Places places;
  private final Outbox outbox;

  SaveCancellations(
      Registrations registrations, RefundRequests refundRequests, Places places, Outbox outbox) {
    this.registrations = registrations;
    this.refundRequests = refundRequests;
    this.places = places;
    this.outbox = outbox;
  }

  /** Saves cancellations of locked registrations, which all happen now. */
  void handle(List<Cancellation> cancellations, Instant now) {
    registrations.save(cancellations.stream().map(Cancellation::transition).toList());
    registrations.cancelTickets(
        cancellations.stream().flatMap(each -> each.tickets().stream()).toList(), now);
    for (Cancellation each : cancellations) {
      if (each.refund() != null) {
        refundRequests.insert(each.refund(), each.askedBy());
      }
    }
    cancellations.forEach(each -> each.transition().facts().forEach(outbox::append));
    // Late, because it locks the events: whoever wants places of them waits from here on only.
    places.giveBack(cancellations.stream().map(Cancellation::freedPlaces).toList());
  }
}
