package io.cpdevents.registration.organizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.registration.Organizer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nothing of an organization goes on sale while it is being closed, nor afterwards. */
@CpdIntegrationTest
class ClosingIT {

  private static final String INTERNAL = "Bearer internal-token-of-the-test";

  @Autowired ApiClient api;
  @Autowired Facts facts;
  @Autowired MutableClock clock;
  @Autowired JdbcClient jdbc;

  private Organizer organizer;
  private UUID event;

  @BeforeEach
  void draft() {
    organizer = new Organizer(api);
    event = organizer.draft(10);
    organizer.ticketType(event, 0, null);
  }

  private List<String> prepareClosing() {
    return api.as(INTERNAL)
        .put("/internal/organizations/" + organizer.organizationId() + "/closing", Map.of())
        .expect(200)
        .body()
        .valueStream()
        .map(word -> word.asString())
        .toList();
  }

  private boolean isKnownAsClosed() {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM closed_organization
                WHERE organization_id = :id AND closed_at IS NOT NULL)
            """)
        .param("id", organizer.organizationId())
        .query(Boolean.class)
        .single();
  }

  private String publication() {
    return "/api/v1/events/" + event + "/publication";
  }

  @Test
  void a_published_event_that_is_not_over_is_in_the_way_until_it_is_cancelled() {
    organizer.publish(event);

    assertThat(prepareClosing()).containsExactly("events");

    organizer.publish(event);
    organizer.cancel(event, Map.of("reason", "We close")).expect(202);
    await().untilAsserted(() -> assertThat(prepareClosing()).isEmpty());
  }

  @Test
  void nothing_is_published_for_ten_minutes_and_never_once_it_is_closed() {
    assertThat(prepareClosing()).isEmpty();
    organizer.owner().post(publication()).refused(409, "wrong-state");
    clock.advance(PrepareClosing.MAX_CLOSING_TIME);
    organizer.publish(event);
    organizer.cancel(event, Map.of("reason", "We close")).expect(202);
    event = organizer.draft(10);
    organizer.ticketType(event, 0, null);

    facts.tell(
        new OrganizationChanged(
            organizer.organizationId(), 2, "Closed", Ids.next(), null, clock.instant()));

    // Not by publishing: what was on sale before is published once more without a refusal.
    await().until(this::isKnownAsClosed);
    organizer.owner().post(publication()).refused(409, "wrong-state");
    clock.advance(PrepareClosing.MAX_CLOSING_TIME);
    organizer.owner().post(publication()).refused(409, "wrong-state");
  }

  @Test
  void of_a_publication_and_a_closing_at_the_same_time_one_is_refused() {
    List<Boolean> done =
        AtOnce.all(
            List.of(
                () -> prepareClosing().isEmpty(),
                () -> organizer.owner().post(publication()).status() == 200));

    assertThat(done).containsExactlyInAnyOrder(true, false);
  }
}
