package io.cpdevents.billing.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.billing.webhooks.StripeEvents.Claimed;
import io.cpdevents.contracts.billing.StripeObjectEvent.StripeObjectChanged;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.sandbox.WithStripeSandbox;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two workers have the same event, because the lease of the first has run out. */
@CpdIntegrationTest
@WithStripeSandbox
class StripeEventLeaseIT {

  private static final Instant OCCURRED_AT = Instant.ofEpochSecond(1_800_000_000L);

  @Autowired FinishStripeEvents finish;
  @Autowired ParkStripeEvent park;
  @Autowired RepublishStripeEvents republish;
  @Autowired RecordedEvents events;
  @Autowired MeterRegistry metrics;
  @Autowired JdbcClient jdbc;

  @Test
  void one_of_them_finishes_and_counts_it() {
    List<Claimed> claimed = List.of(leased(Subject.Kind.REFUND));
    double applied = taken("settled");
    double ignored = taken("found-foreign");
    double parked = taken("given-up");

    List<List<Claimed>> finished =
        AtOnce.times(4, () -> finish.handle(FinishStripeEvents.Command.applied(claimed)));
    assertThat(finished.stream().flatMap(List::stream)).hasSize(1);
    assertThat(finish.handle(FinishStripeEvents.Command.foreign(claimed))).isEmpty();
    assertThat(park.handle(new ParkStripeEvent.Command(claimed.getFirst(), 8, "defect"))).isFalse();

    assertThat(taken("settled")).isEqualTo(applied + 1);
    assertThat(taken("found-foreign")).isEqualTo(ignored);
    assertThat(taken("given-up")).isEqualTo(parked);
    assertThat(
            jdbc.sql("SELECT status FROM stripe_event WHERE id = :id")
                .param("id", claimed.getFirst().id())
                .query(String.class)
                .single())
        .isEqualTo("applied");
  }

  @Test
  void one_of_them_tells_payout_service() {
    List<Claimed> claimed = List.of(leased(Subject.Kind.PAYOUT_SERVICE_OBJECT));
    String later = leased(Subject.Kind.PAYOUT_SERVICE_OBJECT).id();

    republish.handle(claimed);
    republish.handle(claimed);
    republish.handle(List.of(claimed(later, Subject.Kind.PAYOUT_SERVICE_OBJECT)));

    events.await(StripeObjectChanged.class, each -> each.stripeEventId().equals(later));
    assertThat(events.all(StripeObjectChanged.class))
        .filteredOn(each -> each.stripeEventId().equals(claimed.getFirst().id()))
        .hasSize(1);
  }

  private double taken(String trigger) {
    return metrics
        .find("cpd.transitions")
        .tags("machine", "stripe-event", "trigger", trigger)
        .counters()
        .stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  /** Stores an event that is not due for an hour, so that the service's own worker leaves it. */
  private Claimed leased(Subject.Kind kind) {
    String id = "evt_" + Ids.next();
    jdbc.sql(
            """
            INSERT INTO stripe_event (id, endpoint, type, occurred_at, subject_kind, subject_id,
                status, received_at, next_attempt_at)
            VALUES (:id, 'connect', 'payout.paid', now(), 'refund', 'po_1',
                'received', now(), now() + INTERVAL '1 hour')
            """)
        .param("id", id)
        .update();
    return claimed(id, kind);
  }

  private static Claimed claimed(String id, Subject.Kind kind) {
    return new Claimed(
        id,
        "payout.paid",
        "acct_1",
        OCCURRED_AT,
        new Subject(kind, "po_1"),
        StripeEventStatus.RECEIVED,
        7);
  }
}
