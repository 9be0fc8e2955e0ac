package io.cpdevents.platform.state;

import static java.util.stream.Collectors.joining;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.Event;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A state machine as a table. Every pair of state and trigger is decided: by rows that change the
 * state, by a row that ignores the trigger (late and repeated messages), or by a refusal.
 *
 * @param <S> the states
 * @param <T> the triggers, past participles
 */
public final class Transitions<S extends Enum<S>, T extends Enum<T>> {

  /** What a pair of state and trigger leads to. */
  private sealed interface Row<S, T> {
    S from();

    T trigger();

    String reason();

    record Change<S, T>(
        S from, T trigger, S to, String reason, @Nullable Class<? extends Event> told)
        implements Row<S, T> {}

    record Ignore<S, T>(S from, T trigger, String reason) implements Row<S, T> {}

    record Refuse<S, T>(S from, T trigger, String reason) implements Row<S, T> {}
  }

  /** Observes the rows that are taken. Set once, when a service starts. */
  private static volatile TransitionObserver observer = TransitionObserver.NONE;

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
  public static <S extends Enum<S>, T extends Enum<T>> Table<S, T> named(
      String name, Class<S> states, Class<T> triggers) {
    return new Table<>(name, states, triggers);
  }

  /** Sets the observer of all rows that are taken. */
  static void observe(TransitionObserver newObserver) {
    observer = newObserver;
  }

  /**
   * Takes the only row for a trigger.
   *
   * @throws RuleViolation 409 {@code wrong-state} when the table refuses it
   * @throws IllegalStateException when several rows change the state, so that the caller has to
   *     choose
   */
  public Outcome<S> next(S from, T trigger) {
    List<Row<S, T>> decided = rowsFor(from, trigger);
    if (decided.size() > 1) {
      throw new IllegalStateException(
          "%s: %s + %s has %d rows; the caller must choose"
              .formatted(name, from, trigger, decided.size()));
    }
    return switch (decided.getFirst()) {
      case Row.Change<S, T> change -> take(change);
      case Row.Ignore<S, T> ignore -> new Ignored<>(ignore.reason());
      case Row.Refuse<S, T> _ -> throw refusal(from, trigger);
    };
  }

  /**
   * Takes the row that the caller has chosen of several.
   *
   * @throws RuleViolation 409 {@code wrong-state} when the table has no such row
   */
  public Changed<S> next(S from, T trigger, S chosen) {
    for (Row<S, T> row : rowsFor(from, trigger)) {
      if (row instanceof Row.Change<S, T> change && change.to().equals(chosen)) {
        return take(change);
      }
    }
    throw refusal(from, trigger);
  }

  /** Whether there is a row that changes something; takes no row. */
  public boolean allows(S from, T trigger) {
    return rowsFor(from, trigger).stream().anyMatch(Row.Change.class::isInstance);
  }

  /** The name of the machine. */
  public String name() {
    return name;
  }

  /**
   * The table as a Mermaid state diagram, in the order of its rows, without refusals. Colons and
   * semicolons would end a label, so dashes and commas replace them.
   */
  public String toMermaid() {
    return rows.stream()
        .map(Transitions::arrow)
        .flatMap(Optional::stream)
        .collect(joining("\n", "stateDiagram-v2\n", "\n"));
  }

  private static <S, T> Optional<String> arrow(Row<S, T> row) {
    return switch (row) {
      case Row.Change<S, T> change ->
          Optional.of(arrow(change, change.to(), label(change) + told(change.told())));
      case Row.Ignore<S, T> ignore ->
          Optional.of(arrow(ignore, ignore.from(), "ignored - " + label(ignore)));
      case Row.Refuse<S, T> _ -> Optional.empty();
    };
  }

  private static <S, T> String arrow(Row<S, T> row, S to, String label) {
    return "    %s --> %s: %s<br/>%s".formatted(row.from(), to, row.trigger(), label);
  }

  private static String label(Row<?, ?> row) {
    return row.reason().replace(":", " -").replace(';', ',');
  }

  private static String told(@Nullable Class<? extends Event> event) {
    return event == null ? "" : "<br/><i>tells %s</i>".formatted(event.getSimpleName());
  }

  private List<Row<S, T>> rowsFor(S from, T trigger) {
    return rows.stream()
        .filter(row -> row.from().equals(from) && row.trigger().equals(trigger))
        .toList();
  }

  private Changed<S> take(Row.Change<S, T> change) {
    observer.onTaken(name, change.from(), change.trigger(), change.to(), change.told());
    return new Changed<>(change.to(), change.reason());
  }

  private RuleViolation refusal(S from, T trigger) {
    return CommonProblem.WRONG_STATE.violation(
        "A %s that is %s cannot be %s."
            .formatted(
                name.replace('-', ' '),
                ContractsJson.kebabCase(from).replace('-', ' '),
                ContractsJson.kebabCase(trigger).replace('-', ' ')));
  }

  /** Collects the rows of a table. */
  public static final class Table<S extends Enum<S>, T extends Enum<T>> {
    private final String name;
    private final Class<S> states;
    private final Class<T> triggers;
    private final List<Row<S, T>> rows = new ArrayList<>();

    private Table(String name, Class<S> states, Class<T> triggers) {
      this.name = name;
      this.states = states;
      this.triggers = triggers;
    }

    /**
     * Adds a row that changes the state, or keeps it and has an effect. A state and trigger may
     * have several such rows with different target states; then the caller chooses one of them.
     *
     * @param reason why, or when
     */
    public Table<S, T> row(S from, T trigger, S to, String reason) {
      return add(new Row.Change<>(from, trigger, to, reason, null));
    }

    /**
     * Adds such a row that requires an event: a transaction that takes the row fails unless it
     * appends the event to the outbox.
     *
     * @param reason why, or when
     */
    public Table<S, T> row(S from, T trigger, S to, String reason, Class<? extends Event> told) {
      return add(new Row.Change<>(from, trigger, to, reason, told));
    }

    /** Decides that the trigger changes nothing: the message is late or came twice. */
    public Table<S, T> ignored(S from, T trigger, String reason) {
      return decide(new Row.Ignore<>(from, trigger, reason));
    }

    /** Decides that the trigger is refused in this state. */
    public Table<S, T> refused(S from, T trigger, String reason) {
      return decide(new Row.Refuse<>(from, trigger, reason));
    }

    /**
     * The finished table.
     *
     * @throws IllegalStateException when a pair of state and trigger is not decided
     */
    public Transitions<S, T> build() {
      List<String> undecided = new ArrayList<>();
      for (S from : states.getEnumConstants()) {
        for (T trigger : triggers.getEnumConstants()) {
          if (decided(from, trigger).isEmpty()) {
            undecided.add(from + " + " + trigger);
          }
        }
      }
      if (!undecided.isEmpty()) {
        throw new IllegalStateException(
            "%s: not decided: %s".formatted(name, String.join(", ", undecided)));
      }
      return new Transitions<>(name, rows);
    }

    private Table<S, T> add(Row.Change<S, T> added) {
      for (Row<S, T> row : decided(added.from(), added.trigger())) {
        boolean hasAnotherTarget =
            row instanceof Row.Change<S, T> change && !change.to().equals(added.to());
        if (!hasAnotherTarget) {
          throw decidedTwice(added.from(), added.trigger());
        }
      }
      rows.add(added);
      return this;
    }

    private Table<S, T> decide(Row<S, T> row) {
      if (!decided(row.from(), row.trigger()).isEmpty()) {
        throw decidedTwice(row.from(), row.trigger());
      }
      rows.add(row);
      return this;
    }

    private List<Row<S, T>> decided(S from, T trigger) {
      return rows.stream()
          .filter(row -> row.from().equals(from) && row.trigger().equals(trigger))
          .toList();
    }

    private IllegalArgumentException decidedTwice(S from, T trigger) {
      return new IllegalArgumentException(
          "%s: %s + %s is decided twice".formatted(name, from, trigger));
    }
  }
}
