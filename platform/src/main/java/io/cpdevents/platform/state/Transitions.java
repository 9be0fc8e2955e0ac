package io.cpdevents.platform.state;

import static java.util.stream.Collectors.joining;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.error.RuleViolation;
import io.micrometer.core.instrument.Metrics;
import java.util.ArrayList;
import java.util.List;

/**
 * A state machine as a table: every state change is a row, late and crossing messages are rows too.
 * What has no row is refused.
 *
 * @param <S> the states
 * @param <T> the triggers, past participles
 */
public final class Transitions<S extends Enum<S>, T extends Enum<T>> {

  private static final String METRIC = "cpd.transitions";

  private record Row<S, T>(S from, T trigger, S to, String reason) {}

  private final String name;
  private final List<Row<S, T>> rows;

  private Transitions(String name, List<Row<S, T>> rows) {
    this.name = name;
    this.rows = List.copyOf(rows);
  }

  /**
   * Starts a table.
   *
   * @param name the aggregate, lower case: also the name of its diagram and metric
   */
  public static <S extends Enum<S>, T extends Enum<T>> Table<S, T> named(String name) {
    return new Table<>(name);
  }

  /**
   * The state after a trigger that has exactly one row.
   *
   * @throws RuleViolation 409 {@code wrong-state} when there is no row
   * @throws IllegalStateException when several rows could apply: the caller has to choose
   */
  public S next(S from, T trigger) {
    List<Row<S, T>> candidates = rowsFor(from, trigger);
    if (candidates.isEmpty()) {
      throw refusal(from, trigger);
    }
    if (candidates.size() > 1) {
      throw new IllegalStateException(
          "%s: %s + %s has %d rows; the caller must choose"
              .formatted(name, from, trigger, candidates.size()));
    }
    return counted(from, trigger, candidates.getFirst().to());
  }

  /**
   * The state after a trigger with several rows, as the caller has decided.
   *
   * @throws RuleViolation 409 {@code wrong-state} when the table has no such row
   */
  public S next(S from, T trigger, S chosen) {
    boolean listed = rowsFor(from, trigger).stream().anyMatch(row -> row.to().equals(chosen));
    if (!listed) {
      throw refusal(from, trigger);
    }
    return counted(from, trigger, chosen);
  }

  /** Whether the table has a row for this trigger in this state. */
  public boolean allows(S from, T trigger) {
    return !rowsFor(from, trigger).isEmpty();
  }

  /** The name of the machine. */
  public String name() {
    return name;
  }

  /**
   * The table as a Mermaid state diagram, in the order of its rows. A label ends at a colon or
   * semicolon there, so reasons have dashes and commas in their place.
   */
  public String toMermaid() {
    return rows.stream()
        .map(row ->
            "    %s --> %s: %s<br/>%s"
                .formatted(
                    row.from(),
                    row.to(),
                    row.trigger(),
                    row.reason().replace(":", " -").replace(';', ',')))
        .collect(joining("\n", "stateDiagram-v2\n", "\n"));
  }

  private List<Row<S, T>> rowsFor(S from, T trigger) {
    return rows.stream()
        .filter(row -> row.from().equals(from) && row.trigger().equals(trigger))
        .toList();
  }

  private S counted(S from, T trigger, S to) {
    Metrics.counter(
            METRIC,
            "machine",
            name,
            "from",
            ContractsJson.kebabCase(from),
            "trigger",
            ContractsJson.kebabCase(trigger),
            "to",
            ContractsJson.kebabCase(to))
        .increment();
    return to;
  }

  private RuleViolation refusal(S from, T trigger) {
    return RuleViolation.conflict(
        "wrong-state",
        "A %s that is %s cannot be %s."
            .formatted(
                name.replace('-', ' '),
                ContractsJson.kebabCase(from),
                ContractsJson.kebabCase(trigger).replace('-', ' ')));
  }

  /** Collects the rows of a table. */
  public static final class Table<S extends Enum<S>, T extends Enum<T>> {
    private final String name;
    private final List<Row<S, T>> rows = new ArrayList<>();

    private Table(String name) {
      this.name = name;
    }

    /**
     * Adds a row. The same state and trigger may have several rows with different ends; then the
     * caller chooses one of them.
     *
     * @param reason why, or when
     */
    public Table<S, T> row(S from, T trigger, S to, String reason) {
      boolean taken =
          rows.stream()
              .anyMatch(row ->
                  row.from().equals(from) && row.trigger().equals(trigger) && row.to().equals(to));
      if (taken) {
        throw new IllegalArgumentException(
            "%s: %s + %s -> %s stands twice".formatted(name, from, trigger, to));
      }
      rows.add(new Row<>(from, trigger, to, reason));
      return this;
    }

    /** Adds a row that changes nothing: the message is late or came twice. */
    public Table<S, T> ignored(S state, T trigger, String reason) {
      return row(state, trigger, state, reason);
    }

    /** The finished table. */
    public Transitions<S, T> build() {
      return new Transitions<>(name, rows);
    }
  }
}
