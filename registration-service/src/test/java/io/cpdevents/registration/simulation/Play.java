package io.cpdevents.registration.simulation;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.registration.simulation.MortalDatabase.Died;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What people, banks and jobs share while they act: chance, the clock, the service, and everything
 * as it should be.
 */
final class Play {

  /** One attempt in so many ends with the death of the process. */
  private static final int ATTEMPTS_OF_A_LIFE = 12;

  /** At one of its first so many statements and commits. */
  private static final int MAX_STEPS_OF_A_LIFE = 16;

  /** An organization as it should be. */
  static final class Organization {
    final UUID id = Ids.next();
    final UUID owner = Ids.next();
    long version;
    @Nullable Integer maxRegistrations;
    @Nullable Instant closingUntil;
    boolean closed;

    boolean isClosing(Instant now) {
      return closed || (closingUntil != null && now.isBefore(closingUntil));
    }
  }

  /**
   * How something ended that was tried.
   *
   * @param refusal the code; null when it was not refused
   * @param died whether the process died over it
   * @param committed whether something was committed before it died
   */
  record Attempt<T>(@Nullable T answer, @Nullable String refusal, boolean died, boolean committed) {

    T done() {
      return Optional.ofNullable(answer).orElseThrow();
    }
  }

  /**
   * Something that happens.
   *
   * @param weight how often, beside the others
   */
  record Habit(int weight, String name, Runnable act) {}

  final Random chance;
  final MutableClock clock;
  final JdbcClient jdbc;
  final Map<UUID, Organization> organizations = new LinkedHashMap<>();
  final Map<UUID, ExpectedEvent> events = new LinkedHashMap<>();
  final Map<UUID, ExpectedRegistration> registrations = new LinkedHashMap<>();
  final Map<UUID, ExpectedEntry> entries = new LinkedHashMap<>();
  final List<ExpectedCode> codes = new ArrayList<>();
  final List<UUID> accounts = new ArrayList<>();

  /** What has become of requests for money back that were answered. */
  final Map<UUID, String> refunds = new LinkedHashMap<>();

  private final ApplicationContext service;
  private final MortalDatabase mortal;
  private final List<String> log = new ArrayList<>();
  private final Map<String, Integer> happened = new TreeMap<>();
  private boolean dies = true;

  Play(Random chance, ApplicationContext service) {
    this.chance = chance;
    this.service = service;
    this.clock = service.getBean(MutableClock.class);
    this.jdbc = service.getBean(JdbcClient.class);
    this.mortal = service.getBean(MortalDatabase.class);
  }

  /** A use case, query or job of the service. */
  <T> T bean(Class<T> type) {
    return service.getBean(type);
  }

  Instant now() {
    return clock.instant();
  }

  /** From now on no process dies. */
  void settles() {
    dies = false;
  }

  // ---- Chance

  boolean in(int times) {
    return chance.nextInt(times) == 0;
  }

  /** At least the first, less than the second. */
  int between(int from, int to) {
    return from + chance.nextInt(to - from);
  }

  <T> T any(List<T> all) {
    return all.get(chance.nextInt(all.size()));
  }

  <T> Optional<T> any(Stream<T> all) {
    List<T> list = all.toList();
    return list.isEmpty() ? Optional.empty() : Optional.of(any(list));
  }

  <T> Optional<T> any(Collection<T> all) {
    return any(all.stream());
  }

  // ---- Acting

  /** Tries something over which the process may die. */
  <T> Attempt<T> tries(Supplier<T> what) {
    if (dies && in(ATTEMPTS_OF_A_LIFE)) {
      mortal.diesAt(between(1, MAX_STEPS_OF_A_LIFE));
    }
    try {
      return new Attempt<>(what.get(), null, false, false);
    } catch (RuleViolation refusal) {
      return new Attempt<>(null, refusal.code(), false, false);
    } catch (RuntimeException e) {
      Died died =
          Stream.iterate((Throwable) e, each -> each != null, Throwable::getCause)
              .filter(Died.class::isInstance)
              .map(Died.class::cast)
              .findFirst()
              .orElseThrow(() -> e);
      note("a process died");
      tell("… " + died.getMessage());
      return new Attempt<>(null, null, true, died.hasCommitted());
    } finally {
      mortal.lives();
    }
  }

  /**
   * The same of what can be asked for again and is then found done: whoever gets no answer asks
   * again, or gives up when nothing has come of it.
   */
  <T> Attempt<T> insists(Supplier<T> what) {
    Attempt<T> attempt = tries(what);
    if (!attempt.died() || (!attempt.committed() && chance.nextBoolean())) {
      return attempt;
    }
    try {
      return new Attempt<>(what.get(), null, false, false);
    } catch (RuleViolation refusal) {
      return new Attempt<>(null, refusal.code(), false, false);
    }
  }

  /**
   * Whether it was done, as it should have been.
   *
   * @param reasons the codes by which it has to be refused; empty when it has to be done
   */
  boolean isDone(Attempt<?> attempt, Set<String> reasons, String what) {
    return isDone(attempt, reasons, Set.of(), what);
  }

  /**
   * The same.
   *
   * @param others codes by which it may be refused as well
   */
  boolean isDone(Attempt<?> attempt, Set<String> reasons, Set<String> others, String what) {
    if (attempt.died()) {
      tell(what + ": given up");
      return false;
    }
    String refusal = attempt.refusal();
    if (refusal != null) {
      tell(what + ": " + refusal);
      note("refused: " + refusal);
      require(
          reasons.contains(refusal) || others.contains(refusal),
          "%s was refused with %s, for which there is no reason but %s",
          what,
          refusal,
          reasons);
      return false;
    }
    tell(what);
    require(reasons.isEmpty(), "%s was done in spite of %s", what, reasons);
    return true;
  }

  void require(boolean holds, String otherwise, @Nullable Object... values) {
    if (!holds) {
      throw new AssertionError(otherwise.formatted(values));
    }
  }

  /** What is left of an event now is offered to who waits for it. */
  void offers(ExpectedEvent event) {
    event.offerWhatIsLeft(now());
  }

  /** The same of several. */
  void offers(Set<ExpectedEvent> changed) {
    changed.forEach(this::offers);
  }

  /** Time goes on. */
  void passes(Duration time) {
    clock.advance(time);
  }

  // ---- Who acts

  Caller person(UUID account) {
    return new Caller(account, Ids.next(), Set.of(), Map.of(), Instant.now());
  }

  Caller owner(UUID organizationId) {
    Organization organization = organization(organizationId);
    return new Caller(
        organization.owner,
        Ids.next(),
        Set.of(),
        Map.of(organizationId, OrganizationRole.OWNER),
        Instant.now());
  }

  Organization organization(UUID id) {
    return Optional.ofNullable(organizations.get(id)).orElseThrow();
  }

  /** An event of which something may be wanted: those that take place are wanted more. */
  Optional<ExpectedEvent> anEvent() {
    Instant now = now();
    return in(8)
        ? any(events.values())
        : any(events.values().stream().filter(event -> !event.isCancelled() && !event.isOver(now)));
  }

  // ---- What was done

  void note(String what) {
    happened.merge(what, 1, Integer::sum);
  }

  void tell(String what) {
    log.add(now() + " " + what);
  }

  /** How often what has happened. */
  Map<String, Integer> counts() {
    return happened;
  }

  /** What was done, the last things last. */
  List<String> log() {
    return log;
  }
}
