package io.cpdevents.platform.audit;

import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.observability.TraceContext;
import io.cpdevents.platform.security.Callers;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Records who did what to what, when, from where. Entries are published by the outbox to
 * accounts-service, which appends them to the audit log.
 */
public final class AuditTrail {

  private final String service;
  private final Outbox outbox;
  private final Clock clock;
  private final TraceContext traceContext;

  /**
   * The audit trail of one service.
   *
   * @param service its short name, for example {@code billing}
   */
  public AuditTrail(String service, Outbox outbox, Clock clock, TraceContext traceContext) {
    this.service = service;
    this.outbox = outbox;
    this.clock = clock;
    this.traceContext = traceContext;
  }

  /**
   * What an action has changed, without secrets or personal data.
   *
   * @param before as it was; empty when nothing was there
   * @param after as it is now; empty when nothing is there any more
   * @param details what is to be known of it besides, for example why
   */
  public record Change(
      Map<String, String> before, Map<String, String> after, Map<String, String> details) {

    /** Nobody reads more of it, and every entry is kept for good. */
    private static final int MAX_VALUE_CHARACTERS = 500;

    /** Copies them. */
    public Change {
      before = Map.copyOf(before);
      after = Map.copyOf(after);
      details = Map.copyOf(details);
    }

    /** A change that says all. */
    public Change(Map<String, String> before, Map<String, String> after) {
      this(before, after, Map.of());
    }

    /** What differs between two states of one thing, by the names of its components. */
    public static Change between(@Nullable Record before, @Nullable Record after) {
      Map<String, String> was = values(before);
      Map<String, String> is = values(after);
      Map<String, String> same = new TreeMap<>(was);
      same.entrySet().retainAll(is.entrySet());
      was.entrySet().removeAll(same.entrySet());
      is.entrySet().removeAll(same.entrySet());
      return new Change(shortened(was), shortened(is));
    }

    private static Map<String, String> shortened(Map<String, String> values) {
      values.replaceAll((_, text) -> shortened(text));
      return values;
    }

    /** What is cut is told from another that begins in the same way. */
    private static String shortened(String text) {
      if (text.length() <= MAX_VALUE_CHARACTERS) {
        return text;
      }
      String rest = "… (%d characters, %08x)".formatted(text.length(), text.hashCode());
      return text.substring(0, MAX_VALUE_CHARACTERS - rest.length()) + rest;
    }

    /** The same with details. */
    public Change with(Map<String, String> more) {
      return new Change(before, after, more);
    }

    private static Map<String, String> values(@Nullable Record state) {
      Map<String, String> values = new TreeMap<>();
      if (state == null) {
        return values;
      }
      for (RecordComponent component : state.getClass().getRecordComponents()) {
        Object value = valueOf(component.getAccessor(), state);
        if (value != null) {
          String text =
              value instanceof Money money
                  ? money.amountMinor() + " " + money.currency()
                  : value.toString();
          values.put(component.getName(), text);
        }
      }
      return values;
    }

    private static @Nullable Object valueOf(Method accessor, Record state) {
      try {
        accessor.setAccessible(true);
        return accessor.invoke(state);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Who does something, and for whom. */
  private record Actor(@Nullable UUID id, String kind, @Nullable UUID onBehalfOf) {

    private static final String ACCOUNT = "account";
    private static final String API_KEY = "api-key";
    private static final String SYSTEM = "system";

    static Actor of(@Nullable UUID accountId) {
      return new Actor(accountId, accountId == null ? SYSTEM : ACCOUNT, null);
    }

    static Actor current() {
      return Callers.current()
          .map(caller ->
              new Actor(
                  caller.accountId(), caller.isApiKey() ? API_KEY : ACCOUNT, caller.keyMadeBy()))
          .orElseGet(() -> of(null));
    }
  }

  /**
   * Records an action in the running transaction. Actor, address and trace are those of the running
   * request; outside a request the actor is the system.
   *
   * @param action {@code <subject>.<past participle>}, for example {@code event.published}
   * @param organizationId the organization whose log shows it; null for none
   * @param details about it, without secrets or personal data
   */
  public void record(
      String action,
      String subjectType,
      String subjectId,
      @Nullable UUID organizationId,
      Map<String, String> details) {
    append(Actor.current(), action, subjectType, subjectId, organizationId, details, null);
  }

  /** The same of an action that changes something: what it was, and what it is now. */
  public void record(
      String action,
      String subjectType,
      String subjectId,
      @Nullable UUID organizationId,
      Change change) {
    append(
        Actor.current(), action, subjectType, subjectId, organizationId, change.details(), change);
  }

  /**
   * Records an action of somebody who has no session yet, for example of logging in.
   *
   * @param actorAccountId null for the system or somebody unknown
   */
  public void recordBy(
      @Nullable UUID actorAccountId,
      String action,
      String subjectType,
      String subjectId,
      @Nullable UUID organizationId,
      Map<String, String> details) {
    append(Actor.of(actorAccountId), action, subjectType, subjectId, organizationId, details, null);
  }

  /** The same of an action that changes something. */
  public void recordBy(
      @Nullable UUID actorAccountId,
      String action,
      String subjectType,
      String subjectId,
      @Nullable UUID organizationId,
      Change change) {
    append(
        Actor.of(actorAccountId),
        action,
        subjectType,
        subjectId,
        organizationId,
        change.details(),
        change);
  }

  private void append(
      Actor actor,
      String action,
      String subjectType,
      String subjectId,
      @Nullable UUID organizationId,
      Map<String, String> details,
      @Nullable Change change) {
    outbox.append(
        new AuditEntryRecorded(
            Ids.next(),
            service,
            actor.id(),
            action,
            subjectType,
            subjectId,
            organizationId,
            clock.instant(),
            ipAddress(),
            traceContext.traceId(),
            Map.copyOf(details),
            actor.kind(),
            actor.onBehalfOf(),
            change == null ? null : change.before(),
            change == null ? null : change.after()));
  }

  private static @Nullable String ipAddress() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes servlet
        ? servlet.getRequest().getRemoteAddr()
        : null;
  }
}
