package io.cpdevents.benchmarks.scenarios;

import io.cpdevents.benchmarks.figures.Report;
import io.cpdevents.benchmarks.load.Action;
import io.cpdevents.benchmarks.load.ClosedLoop;
import io.cpdevents.benchmarks.load.LoadResult;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.http.Answer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * A database that already holds a million registrations for ten thousand events: what places, lists
 * and searches cost then. The rows are written past the services, which know nothing of them, so it
 * is the last scenario, and looks only at the counters of places.
 */
public final class FullDatabase {

  private static final int EVENTS = 10_000;
  private static final int ORGANIZATIONS = 500;
  private static final int USERS = 8;
  private static final int EVENTS_OF_A_BATCH = 500;
  private static final double NANOS_PER_SECOND = 1e9;

  private static final String WRITE_EVENTS =
      """
      WITH template AS (SELECT e.* FROM event e WHERE e.id = ?),
      more AS (
          SELECT md5('event ' || n)::uuid AS id, md5('organization ' || n %% %1$d)::uuid AS owner,
              now() + (n %% 300) * interval '1 day' + interval '1 hour' AS starts_at, n
          FROM generate_series(1, %2$d) n
      ), written AS (
          INSERT INTO event (id, organization_id, status, version, title, mode, starts_at, ends_at,
              latest_ends_at, time_zone, currency, capacity, taken, venue, refund_policy,
              hold_limits, created_at, published_at)
          SELECT m.id, m.owner, 'published', 1, 'Course number ' || m.n, t.mode, m.starts_at,
              m.starts_at + interval '3 hours', m.starts_at + interval '3 hours', t.time_zone,
              t.currency, 1000, ?, t.venue, t.refund_policy, t.hold_limits,
              now() - interval '1 year', now() - interval '1 year'
          FROM template t, more m
          RETURNING id
      ), words AS (
          INSERT INTO event_search (event_id, words)
          SELECT m.id, to_tsvector('simple', 'course number ' || m.n) FROM more m
      )
      INSERT INTO ticket_type (id, event_id, name, price_minor, taken, min_per_registration,
          max_per_registration, created_at)
      SELECT md5('type ' || m.n)::uuid, m.id, 'Regular', 0, ?, 1, 10, now() FROM more m
      """
          .formatted(ORGANIZATIONS, EVENTS);

  private static final String WRITE_REGISTRATIONS =
      """
      WITH more AS (
          SELECT n, p, md5('registration ' || n || ' ' || p)::uuid AS id,
              md5('event ' || n)::uuid AS event_id,
              now() - (n * 37 + p) %% 364 * interval '1 day' AS made_at
          FROM generate_series(?::integer, ?::integer) n, generate_series(1, ?::integer) p
      ), written AS (
          INSERT INTO registration (id, event_id, organization_id, account_id, status, currency,
              price_minor, discount_minor, total_minor, refund_policy, event_starts_at, created_at,
              confirmed_at)
          SELECT m.id, e.id, e.organization_id, md5('account ' || m.n * m.p %% 300000)::uuid,
              'confirmed', e.currency, 0, 0, 0, e.refund_policy, e.starts_at, m.made_at, m.made_at
          FROM more m JOIN event e ON e.id = m.event_id
      ), tickets AS (
          INSERT INTO ticket (id, registration_id, position, ticket_type_id, ticket_type_name,
              attendee_name, attendee_email, code, status, price_minor, discount_minor, total_minor)
          SELECT md5('ticket ' || m.n || ' ' || m.p)::uuid, m.id, 1, md5('type ' || m.n)::uuid,
              'Regular', 'Gus Guest ' || m.p, 'guest' || m.p || '@example.com',
              md5('code ' || m.n || ' ' || m.p), 'valid', 0, 0, 0
          FROM more m
      )
      INSERT INTO registration_history (registration_id, id, occurred_at, trigger, to_status)
      SELECT m.id, md5('entry ' || m.n || ' ' || m.p)::uuid, m.made_at, 'placed', 'confirmed'
      FROM more m
      """
          .replace("%%", "%");

  private final Bench bench;

  /** On one stage, as the last. */
  public FullDatabase(Bench bench) {
    this.bench = bench;
  }

  /**
   * Fills the database, and measures.
   *
   * @param reached what the platform has reached by scenario without those rows, for the ratio
   */
  public void run(Map<String, Double> reached) {
    Report report = bench.report();
    report.begin("full-database");
    int ofEvent = Math.max(1, bench.options().rows() / EVENTS);
    double seconds = fill(ofEvent);
    report.add(
        "%d registrations, %d events: written".formatted(ofEvent * EVENTS, EVENTS), seconds, "s");
    PublishedEvent hot = bench.stage().hotEvent();
    double perSecond = places(hot);
    Double before = reached.get("free-hot");
    if (before != null) {
      report.add(
          "hot event: share of what it was without them",
          100 * perSecond / before,
          "%",
          null,
          "%.0f of %.0f/s".formatted(perSecond, before));
    }
    read("the public list", _ -> "/api/v1/events?limit=50");
    read("a search by words", number -> "/api/v1/events?search=course+" + (1 + number % EVENTS));
    read("an event", number -> "/api/v1/events/" + id("event " + (1 + number % EVENTS)));
    requireCounters();
  }

  private double places(PublishedEvent hot) {
    LoadResult load =
        new ClosedLoop(USERS, bench.options().measured())
            .put(number -> {
              Answer answer = bench.stage().participant(number).triesToRegisterFor(hot, 1);
              return answer.status() == 201
                  ? Action.Outcome.good(answer.id())
                  : Action.Outcome.refused(answer.outcome());
            });
    bench.stage().world().acknowledge(load.acknowledged());
    String name = USERS + " users, closed loop, hot event";
    Report report = bench.report();
    report.add(name + ": confirmed", load.perSecond(), "1/s", null, Bench.refusals(load));
    report.add(name + ": p99", load.latencies().percentileMs(0.99), "ms");
    return load.perSecond();
  }

  private void read(String what, IntFunction<String> path) {
    LoadResult load =
        new ClosedLoop(USERS, bench.options().measured().dividedBy(4))
            .put(number -> {
              Answer answer = bench.stage().world().api().get(path.apply(number));
              return answer.isSuccess()
                  ? Action.Outcome.good(null)
                  : Action.Outcome.refused(answer.outcome());
            });
    Report report = bench.report();
    report.add(what + ": read", load.perSecond(), "1/s", null, Bench.refusals(load));
    report.add(what + ": p50", load.latencies().percentileMs(0.5), "ms");
    report.add(what + ": p99", load.latencies().percentileMs(0.99), "ms");
  }

  private double fill(int ofEvent) {
    bench.report().say("writing " + ofEvent * EVENTS + " registrations");
    long began = System.nanoTime();
    try (Connection connection = bench.stage().platform().postgres().connect("registration")) {
      try (PreparedStatement events = connection.prepareStatement(WRITE_EVENTS)) {
        events.setObject(1, bench.stage().hotEvent().id());
        events.setInt(2, ofEvent);
        events.setInt(3, ofEvent);
        events.executeUpdate();
      }
      try (PreparedStatement registrations = connection.prepareStatement(WRITE_REGISTRATIONS)) {
        for (int from = 1; from <= EVENTS; from += EVENTS_OF_A_BATCH) {
          registrations.setInt(1, from);
          registrations.setInt(2, Math.min(EVENTS, from + EVENTS_OF_A_BATCH - 1));
          registrations.setInt(3, ofEvent);
          registrations.executeUpdate();
        }
      }
      try (Statement vacuum = connection.createStatement()) {
        vacuum.execute("VACUUM (ANALYZE)");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database was not filled", e);
    }
    return (System.nanoTime() - began) / NANOS_PER_SECOND;
  }

  /** As PostgreSQL makes it of a text. */
  private static UUID id(String text) {
    try {
      ByteBuffer digest =
          ByteBuffer.wrap(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
      return new UUID(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void requireCounters() {
    List<List<String>> wrong =
        bench
            .stage()
            .world()
            .databases()
            .texts(
                "registration",
                """
                SELECT e.id, e.taken, count(k.id) FROM event e
                LEFT JOIN registration r ON r.event_id = e.id AND r.status IN ('held', 'confirmed')
                LEFT JOIN ticket k ON k.registration_id = r.id AND k.status = 'valid'
                GROUP BY e.id
                HAVING e.taken <> count(k.id) + (
                    SELECT coalesce(sum(w.places), 0) FROM waitlist_entry w
                    WHERE w.event_id = e.id AND w.status = 'offered')
                """);
    wrong.stream()
        .limit(10)
        .forEach(row ->
            bench.report().violated("event %s has taken %s places of %s".formatted(row.toArray())));
  }
}
