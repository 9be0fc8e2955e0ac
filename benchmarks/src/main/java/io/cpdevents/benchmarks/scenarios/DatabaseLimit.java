package io.cpdevents.benchmarks.scenarios;

import io.cpdevents.benchmarks.figures.Report;
import io.cpdevents.platform.test.servers.PostgresCluster;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What PostgreSQL alone can do: the rows of one free registration, written straight into copies of
 * registration-service's tables on the platform's own server. No service can be faster.
 */
public final class DatabaseLimit {

  private static final int[] CONNECTIONS = {4, 8, 16};
  private static final int EVENTS = 100;

  /** Twelve cells share the time of a run or two. */
  private static final int CELL_SHARE = 6;

  private static final Duration MIN_CELL_TIME = Duration.ofSeconds(2);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final String SCHEMA = "benchmark";
  private static final List<String> TABLES =
      List.of("event", "ticket_type", "registration", "ticket", "registration_history", "outbox");

  private static final String TAKE_PLACE_OF_EVENT =
      "UPDATE event SET taken = taken + 1 WHERE id = ? AND taken + 1 <= capacity";
  private static final String TAKE_PLACE_OF_TYPE =
      "UPDATE ticket_type SET taken = taken + 1 WHERE id = ?";
  private static final String WRITE_ROWS =
      """
      WITH placed AS (
          INSERT INTO registration (id, event_id, organization_id, account_id, status, currency,
              price_minor, discount_minor, total_minor, refund_policy, event_starts_at, created_at,
              confirmed_at)
          SELECT ?, e.id, e.organization_id, e.organization_id, 'confirmed', e.currency, 0, 0, 0,
              e.refund_policy, e.starts_at, now(), now()
          FROM event e WHERE e.id = ?
          RETURNING id
      ), with_tickets AS (
          INSERT INTO ticket (id, registration_id, position, ticket_type_id, ticket_type_name,
              attendee_name, attendee_email, code, status, price_minor, discount_minor, total_minor)
          SELECT uuidv7(), p.id, 1, ?, 'Regular', 'Gus Guest', 'guest@example.com',
              'a-code-of-twenty-two-c', 'valid', 0, 0, 0
          FROM placed p
      ), with_history AS (
          INSERT INTO registration_history (registration_id, id, occurred_at, trigger, to_status)
          SELECT p.id, uuidv7(), now(), 'placed', 'confirmed' FROM placed p
      )
      INSERT INTO outbox (topic, key, event_id, event_type, payload, occurred_at)
      SELECT 'registration.registrations.v1', p.id::text, uuidv7(), 'RegistrationConfirmed', ?, now()
      FROM placed p
      """;
  private static final String ALL_IN_ONE =
      """
      WITH guard AS (
          UPDATE event SET taken = taken + 1 WHERE id = ? AND taken + 1 <= capacity
          RETURNING id, organization_id, currency, refund_policy, starts_at
      ), type_guard AS (
          UPDATE ticket_type t SET taken = t.taken + 1 FROM guard e
          WHERE t.event_id = e.id RETURNING t.id
      ), placed AS (
          INSERT INTO registration (id, event_id, organization_id, account_id, status, currency,
              price_minor, discount_minor, total_minor, refund_policy, event_starts_at, created_at,
              confirmed_at)
          SELECT ?, e.id, e.organization_id, e.organization_id, 'confirmed', e.currency, 0, 0, 0,
              e.refund_policy, e.starts_at, now(), now()
          FROM guard e
          RETURNING id
      ), with_tickets AS (
          INSERT INTO ticket (id, registration_id, position, ticket_type_id, ticket_type_name,
              attendee_name, attendee_email, code, status, price_minor, discount_minor, total_minor)
          SELECT uuidv7(), p.id, 1, t.id, 'Regular', 'Gus Guest', 'guest@example.com',
              'a-code-of-twenty-two-c', 'valid', 0, 0, 0
          FROM placed p, type_guard t
      ), with_history AS (
          INSERT INTO registration_history (registration_id, id, occurred_at, trigger, to_status)
          SELECT p.id, uuidv7(), now(), 'placed', 'confirmed' FROM placed p
      )
      INSERT INTO outbox (topic, key, event_id, event_type, payload, occurred_at)
      SELECT 'registration.registrations.v1', p.id::text, uuidv7(), 'RegistrationConfirmed', ?, now()
      FROM placed p
      """;

  /** As large as the fact of a registration is. */
  private static final byte[] PAYLOAD = "x".repeat(600).getBytes(StandardCharsets.UTF_8);

  private record Event(UUID id, UUID ticketTypeId) {}

  @FunctionalInterface
  private interface Writing {
    void write(Connection connection, Event event) throws SQLException;
  }

  private final Bench bench;
  private final Map<String, Double> most = new TreeMap<>();

  /** On one stage. */
  public DatabaseLimit(Bench bench) {
    this.bench = bench;
  }

  /**
   * Every form with every number of connections, hot and spread.
   *
   * @param reached what the platform has reached by scenario, for the ratio
   */
  public void run(Map<String, Double> reached) {
    bench.report().begin("database-limit");
    copyTables();
    try {
      for (int connections : CONNECTIONS) {
        for (int events : new int[] {1, EVENTS}) {
          cell("a transaction of three statements", connections, events, this::inThree);
          cell("one statement", connections, events, this::inOne);
        }
      }
    } finally {
      withConnection(connection -> execute(connection, "DROP SCHEMA benchmark CASCADE"));
    }
    Report report = bench.report();
    most.forEach((where, perSecond) -> {
      Double platform = reached.get(where);
      if (platform != null) {
        report.add(
            where + ": the platform's share of the database's most",
            100 * platform / perSecond,
            "%",
            null,
            "%.0f of %.0f/s".formatted(platform, perSecond));
      }
    });
  }

  private void cell(String form, int connections, int eventCount, Writing writing) {
    List<Event> events = createEvents(eventCount);
    Duration asked = bench.options().measured().dividedBy(CELL_SHARE);
    Duration length = asked.compareTo(MIN_CELL_TIME) > 0 ? asked : MIN_CELL_TIME;
    long began = System.nanoTime();
    long end = began + length.toNanos();
    long written = 0;
    try (ExecutorService writers = Executors.newFixedThreadPool(connections)) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int writer = 0; writer < connections; writer++) {
        int first = writer;
        counts.add(writers.submit(() -> writeUntil(end, events, first, writing)));
      }
      for (Future<Long> count : counts) {
        written += count.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(form, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    double perSecond = written / ((System.nanoTime() - began) / NANOS_PER_SECOND);
    String where = eventCount == 1 ? "free-hot" : "free-spread";
    most.merge(where, perSecond, Math::max);
    bench
        .report()
        .add(
            "%s, %d connections, %s"
                .formatted(form, connections, eventCount == 1 ? "hot" : "spread"),
            perSecond,
            "1/s");
    requireTaken(written);
  }

  private long writeUntil(long endNanos, List<Event> events, int first, Writing writing)
      throws SQLException {
    long written = 0;
    try (Connection connection = connect()) {
      while (System.nanoTime() < endNanos) {
        writing.write(connection, events.get((int) ((first * 37L + written) % events.size())));
        written++;
      }
    }
    return written;
  }

  private void inThree(Connection connection, Event event) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement place = connection.prepareStatement(TAKE_PLACE_OF_EVENT);
        PreparedStatement type = connection.prepareStatement(TAKE_PLACE_OF_TYPE);
        PreparedStatement rows = connection.prepareStatement(WRITE_ROWS)) {
      place.setObject(1, event.id());
      type.setObject(1, event.ticketTypeId());
      rows.setObject(1, UUID.randomUUID());
      rows.setObject(2, event.id());
      rows.setObject(3, event.ticketTypeId());
      rows.setBytes(4, PAYLOAD);
      requireOne(place.executeUpdate());
      requireOne(type.executeUpdate());
      requireOne(rows.executeUpdate());
      connection.commit();
    }
  }

  private void inOne(Connection connection, Event event) throws SQLException {
    try (PreparedStatement all = connection.prepareStatement(ALL_IN_ONE)) {
      all.setObject(1, event.id());
      all.setObject(2, UUID.randomUUID());
      all.setBytes(3, PAYLOAD);
      requireOne(all.executeUpdate());
    }
  }

  private static void requireOne(int rows) {
    if (rows != 1) {
      throw new IllegalStateException(rows + " rows in place of one");
    }
  }

  /** Fresh tables' counters must say what was written. */
  private void requireTaken(long written) {
    withConnection(connection -> {
      try (Statement statement = connection.createStatement();
          ResultSet sums =
              statement.executeQuery(
                  "SELECT (SELECT sum(taken) FROM event), (SELECT count(*) FROM registration)")) {
        sums.next();
        if (sums.getLong(1) != written || sums.getLong(2) != written) {
          bench.report().violated("the database lost some of " + written + " registrations");
        }
      }
    });
  }

  private List<Event> createEvents(int count) {
    List<Event> events = new ArrayList<>();
    withConnection(connection -> {
      execute(connection, "TRUNCATE " + String.join(", ", TABLES));
      for (int i = 0; i < count; i++) {
        Event event = new Event(UUID.randomUUID(), UUID.randomUUID());
        try (PreparedStatement insert =
            connection.prepareStatement(
                """
                WITH template AS (SELECT e.* FROM public.event e WHERE e.id = ?)
                INSERT INTO event (id, organization_id, status, version, title, mode, starts_at,
                    ends_at, latest_ends_at, time_zone, currency, capacity, refund_policy,
                    hold_limits, created_at, published_at)
                SELECT ?, organization_id, status, version, title, mode, starts_at, ends_at,
                    latest_ends_at, time_zone, currency, capacity, refund_policy, hold_limits,
                    created_at, published_at
                FROM template
                """)) {
          insert.setObject(1, bench.stage().hotEvent().id());
          insert.setObject(2, event.id());
          requireOne(insert.executeUpdate());
        }
        try (PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO ticket_type (id, event_id, name, price_minor, min_per_registration,
                    max_per_registration, created_at)
                VALUES (?, ?, 'Regular', 0, 1, 10, now())
                """)) {
          insert.setObject(1, event.ticketTypeId());
          insert.setObject(2, event.id());
          requireOne(insert.executeUpdate());
        }
        events.add(event);
      }
    });
    return events;
  }

  /** The same columns, indexes, checks, references and room in pages. */
  private void copyTables() {
    withConnection(connection -> {
      execute(connection, "CREATE SCHEMA " + SCHEMA);
      for (String table : TABLES) {
        execute(
            connection,
            "CREATE TABLE %s.%s (LIKE public.%s INCLUDING ALL)".formatted(SCHEMA, table, table));
      }
      for (String setting :
          texts(
              connection,
              """
              SELECT format('ALTER TABLE benchmark.%I SET (%s)', c.relname,
                  array_to_string(c.reloptions, ', '))
              FROM pg_class c
              WHERE c.relnamespace = 'public'::regnamespace AND c.reloptions IS NOT NULL
                AND c.relname IN (SELECT relname FROM pg_class
                                  WHERE relnamespace = 'benchmark'::regnamespace AND relkind = 'r')
              """)) {
        execute(connection, setting);
      }
      List<String> references;
      execute(connection, "SET search_path = public");
      references =
          texts(
              connection,
              """
              SELECT format('ALTER TABLE benchmark.%I ADD %s', c.relname,
                  pg_get_constraintdef(k.oid))
              FROM pg_constraint k
              JOIN pg_class c ON c.oid = k.conrelid
              JOIN pg_class f ON f.oid = k.confrelid
              WHERE k.contype = 'f' AND c.relnamespace = 'public'::regnamespace
                AND c.relname IN (SELECT relname FROM pg_class
                                  WHERE relnamespace = 'benchmark'::regnamespace AND relkind = 'r')
                AND f.relname IN (SELECT relname FROM pg_class
                                  WHERE relnamespace = 'benchmark'::regnamespace AND relkind = 'r')
              """);
      execute(connection, "SET search_path = benchmark");
      for (String reference : references) {
        execute(connection, reference);
      }
    });
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    PostgresCluster cluster = bench.stage().platform().postgres();
    Connection connection = cluster.connect("registration");
    execute(connection, "SET search_path = benchmark");
    return connection;
  }

  @FunctionalInterface
  private interface Work {
    void with(Connection connection) throws SQLException;
  }

  private void withConnection(Work work) {
    try (Connection connection = connect()) {
      work.with(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("the database's own limit", e);
    }
  }
}
