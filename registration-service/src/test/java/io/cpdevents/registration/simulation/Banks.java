package io.cpdevents.registration.simulation;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeClosed;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeEscalated;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeOpened;
import io.cpdevents.contracts.billing.DisputeOutcome;
import io.cpdevents.contracts.billing.EntitlementsEvent.EntitlementsChanged;
import io.cpdevents.contracts.billing.EntitlementsEvent.FeeTerms;
import io.cpdevents.contracts.billing.EntitlementsEvent.Limits;
import io.cpdevents.contracts.billing.EntitlementsEvent.UsagePeriod;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentFailed;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentProcessing;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.billing.RefundEvent.RefundAccepted;
import io.cpdevents.contracts.billing.RefundEvent.RefundCancelled;
import io.cpdevents.contracts.billing.RefundEvent.RefundFailed;
import io.cpdevents.contracts.billing.RefundEvent.RefundSucceeded;
import io.cpdevents.contracts.billing.RefundEvent.TicketRefund;
import io.cpdevents.platform.Ids;
import io.cpdevents.registration.simulation.Deliveries.Message;
import io.cpdevents.registration.simulation.Play.Attempt;
import io.cpdevents.registration.simulation.Play.Habit;
import io.cpdevents.registration.simulation.Play.Organization;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What other services tell: each payment in the order in which it happens, as Kafka keeps it, the
 * payments among each other in any, everything late, and some of it twice, under the same id or
 * another.
 */
final class Banks {

  private static final String CURRENCY = "CAD";
  private static final Set<String> FINAL = Set.of("cancelled");
  private static final int MAX_OLD_MESSAGES = 100;

  private final Play play;
  private final Deliveries deliveries;
  private final Map<String, Deque<Message>> underWay = new LinkedHashMap<>();
  private final List<Message> old = new ArrayList<>();
  private final Set<UUID> answered = new HashSet<>();
  private final Set<UUID> disputed = new HashSet<>();
  private final Map<UUID, Instant> disputeOpenedAt = new LinkedHashMap<>();
  private long planVersion;

  Banks(Play play, Deliveries deliveries) {
    this.play = play;
    this.deliveries = deliveries;
  }

  List<Habit> habits() {
    return List.of(
        new Habit(70, "pays", this::pays),
        new Habit(150, "a message arrives", this::arrives),
        new Habit(20, "a message arrives again", this::arrivesAgain),
        new Habit(40, "a refund is made", this::refunds),
        new Habit(5, "a payment is disputed", this::disputes),
        new Habit(4, "a plan changes", this::changesPlan));
  }

  private void send(Event event) {
    send(event.topic() + event.key(), event);
  }

  private void send(String channel, Event event) {
    underWay
        .computeIfAbsent(channel, _ -> new ArrayDeque<>())
        .add(new Message(event, UUID.randomUUID()));
  }

  private static MoneyAmount money(long amountMinor) {
    return new MoneyAmount(amountMinor, CURRENCY);
  }

  /** Mostly for what is held, sometimes for what is paid, has expired or was cancelled. */
  private void pays() {
    play.any(
            play.registrations.values().stream()
                .filter(each -> each.totalMinor > 0)
                .filter(each -> play.in(12) || each.status.equals("held")))
        .ifPresent(registration -> {
          UUID payment = Ids.next();
          int kind = play.chance.nextInt(10);
          if (kind < 2) {
            send(failed(payment, registration, false));
          } else if (kind < 5) {
            send(new PaymentProcessing(payment, registration.id, play.now()));
          }
          boolean refused = play.in(4);
          if (!refused) {
            send(captured(payment, registration));
          } else if (kind >= 2 && kind < 5) {
            send(failed(payment, registration, true));
          }
        });
  }

  private PaymentFailed failed(UUID payment, ExpectedRegistration of, boolean wasProcessing) {
    return new PaymentFailed(payment, of.id, "generic_decline", wasProcessing, play.now());
  }

  private PaymentCaptured captured(UUID payment, ExpectedRegistration of) {
    return new PaymentCaptured(
        payment,
        of.id,
        of.account,
        of.event.id,
        of.event.organizationId,
        money(of.totalMinor),
        money(0),
        play.now());
  }

  private void disputes() {
    play.any(
            play.registrations.values().stream()
                .filter(each -> each.paymentId != null && !disputed.contains(each.paymentId)))
        .ifPresent(of -> {
          UUID payment = Objects.requireNonNull(of.paymentId);
          disputed.add(payment);
          UUID id = Ids.next();
          boolean inquiry = play.in(3);
          MoneyAmount all = money(of.totalMinor);
          UUID event = of.event.id;
          UUID organization = of.event.organizationId;
          Instant now = play.now();
          send(
              new DisputeOpened(
                  payment,
                  id,
                  of.id,
                  of.account,
                  event,
                  organization,
                  all,
                  inquiry,
                  true,
                  "general",
                  null,
                  now));
          if (inquiry && play.chance.nextBoolean()) {
            send(
                new DisputeEscalated(
                    payment, id, of.id, of.account, event, organization, all, true, null, now));
            inquiry = false;
          }
          if (play.in(4)) {
            return;
          }
          boolean lost = !inquiry && play.chance.nextBoolean();
          DisputeOutcome outcome =
              inquiry
                  ? DisputeOutcome.INQUIRY_CLOSED
                  : lost ? DisputeOutcome.LOST : DisputeOutcome.WON;
          send(
              new DisputeClosed(
                  payment,
                  id,
                  of.id,
                  of.account,
                  event,
                  organization,
                  all,
                  outcome,
                  money(lost ? of.totalMinor : 0),
                  now,
                  List.of()));
        });
  }

  private void changesPlan() {
    Organization organization = play.any(play.organizations.values()).orElseThrow();
    changesPlan(organization);
  }

  private void changesPlan(Organization organization) {
    planVersion++;
    // In any order: the version says which is the last.
    send(
        "plan " + planVersion,
        new EntitlementsChanged(
            organization.id,
            planVersion,
            "starter",
            new Limits(null, play.in(3) ? null : Integer.valueOf(play.between(5, 60))),
            UsagePeriod.CALENDAR_MONTH,
            new FeeTerms(0, List.of()),
            null,
            play.now()));
  }

  void closed(Organization organization) {
    send(
        new OrganizationChanged(
            organization.id,
            2,
            "Closed",
            organization.owner,
            List.of(organization.owner),
            play.now()));
  }

  private record Asked(
      UUID refundId, UUID paymentId, UUID registrationId, String cause, List<TicketRefund> lines) {}

  /** What was asked back goes back, later or not at all. */
  private void refunds() {
    List<UUID> ids =
        play.jdbc
            .sql(
                """
                SELECT refund_id FROM refund_request
                WHERE event_id = ANY (cast(:events AS uuid[])) AND status = 'requested' ORDER BY refund_id
                """)
            .param("events", play.events.keySet().toArray(UUID[]::new))
            .query((row, _) -> row.getObject(1, UUID.class))
            .list();
    play.any(ids.stream().filter(id -> !answered.contains(id))).ifPresent(this::refunds);
  }

  private void refunds(UUID refundId) {
    answered.add(refundId);
    Asked asked = asked(refundId);
    ExpectedRegistration of =
        Objects.requireNonNull(play.registrations.get(asked.registrationId()));
    RefundCause cause =
        RefundCause.valueOf(asked.cause().toUpperCase(Locale.ROOT).replace('-', '_'));
    UUID event = of.event.id;
    UUID organization = of.event.organizationId;
    UUID payment = asked.paymentId();
    boolean whole = asked.lines().isEmpty();
    MoneyAmount amount =
        money(
            whole
                ? of.totalMinor
                : asked.lines().stream().mapToLong(line -> line.amount().amountMinor()).sum());
    List<TicketRefund> tickets = whole ? List.of() : asked.lines();
    Instant now = play.now();
    send(
        new RefundAccepted(
            payment,
            refundId,
            of.id,
            of.account,
            event,
            organization,
            amount,
            cause,
            now,
            tickets,
            null));
    int kind = play.chance.nextInt(10);
    if (kind == 0) {
      send(
          new RefundCancelled(
              payment, refundId, of.id, of.account, event, organization, amount, cause, now));
      return;
    }
    if (kind < 4) {
      send(
          new RefundFailed(
              payment,
              refundId,
              of.id,
              of.account,
              event,
              organization,
              amount,
              cause,
              "expired_or_canceled_card",
              kind < 3,
              false,
              now));
    }
    if (kind != 3) {
      send(
          new RefundSucceeded(
              payment,
              refundId,
              of.id,
              of.account,
              event,
              organization,
              amount,
              cause,
              now,
              tickets));
    }
  }

  private Asked asked(UUID refundId) {
    return play.jdbc
        .sql(
            """
            SELECT f.*, (SELECT string_agg((l.line ->> 'ticketId') || ' '
                    || (l.line #>> '{amount,amountMinor}'), ',')
                FROM jsonb_array_elements(f.lines) l (line)) AS tickets
            FROM refund_request f WHERE f.refund_id = :id
            """)
        .param("id", refundId)
        .query((row, _) ->
            new Asked(
                refundId,
                row.getObject("payment_id", UUID.class),
                row.getObject("registration_id", UUID.class),
                row.getString("cause"),
                lines(row.getString("tickets"))))
        .single();
  }

  private static List<TicketRefund> lines(@Nullable String tickets) {
    List<TicketRefund> lines = new ArrayList<>();
    if (tickets != null) {
      for (String each : tickets.split(",", -1)) {
        String[] parts = each.split(" ", 2);
        lines.add(new TicketRefund(UUID.fromString(parts[0]), money(Long.parseLong(parts[1]))));
      }
    }
    return lines;
  }

  /** Everything that is under way arrives. */
  void allArrives() {
    while (!underWay.isEmpty()) {
      arrives();
    }
  }

  private void arrives() {
    play.any(underWay.keySet())
        .ifPresent(channel -> {
          Deque<Message> messages = Objects.requireNonNull(underWay.get(channel));
          Message message = messages.removeFirst();
          Attempt<Boolean> attempt = play.tries(() -> delivered(message));
          if (attempt.died() && !attempt.committed()) {
            messages.addFirst(message);
            return;
          }
          if (messages.isEmpty()) {
            underWay.remove(channel);
          }
          play.tell("arrives: " + message.event());
          play.note(message.event().getClass().getSimpleName());
          apply(message.event());
          old.add(message);
          if (old.size() > MAX_OLD_MESSAGES) {
            old.removeFirst();
          }
        });
  }

  private boolean delivered(Message message) {
    deliveries.deliver(message);
    return true;
  }

  /** The same message, or the same captured payment as another message. */
  private void arrivesAgain() {
    if (old.isEmpty()) {
      return;
    }
    Message message = play.any(old);
    boolean isToldAnew = message.event() instanceof PaymentCaptured && play.chance.nextBoolean();
    Message again = isToldAnew ? new Message(message.event(), UUID.randomUUID()) : message;
    play.tell("arrives again%s: %s".formatted(isToldAnew ? " as another" : "", message.event()));
    play.note("a message again");
    play.tries(() -> delivered(again));
  }

  private void apply(Event event) {
    Instant now = play.now();
    switch (event) {
      case PaymentCaptured captured -> {
        ExpectedRegistration of = registration(captured.registrationId());
        of.captured(captured.paymentId(), () -> arePlacesLeft(of, now), now);
      }
      case PaymentProcessing processing ->
          registration(processing.registrationId()).processing(now);
      case PaymentFailed failed -> {
        ExpectedRegistration of = registration(failed.registrationId());
        if (failed.wasProcessing()) {
          of.failedAfterProcessing(now);
        } else {
          of.failedAtOnce(now);
        }
      }
      case RefundSucceeded refund -> becomes(refund.refundId(), "succeeded");
      case RefundFailed refund ->
          becomes(refund.refundId(), refund.retried() ? "requested" : "failed");
      case RefundCancelled refund -> becomes(refund.refundId(), "cancelled");
      case DisputeOpened opened -> {
        disputeOpenedAt.put(opened.disputeId(), now);
        if (!opened.inquiry()) {
          registration(opened.registrationId()).disputed.put(opened.paymentId(), now);
        }
      }
      case DisputeEscalated escalated ->
          registration(escalated.registrationId())
              .disputed
              .put(
                  escalated.paymentId(),
                  Objects.requireNonNull(disputeOpenedAt.get(escalated.disputeId())));
      case DisputeClosed closed -> {
        if (closed.outcome() != DisputeOutcome.LOST) {
          registration(closed.registrationId()).disputed.remove(closed.paymentId());
        }
      }
      case EntitlementsChanged changed -> {
        Organization organization = play.organization(changed.organizationId());
        if (changed.version() > organization.version) {
          organization.version = changed.version();
          organization.maxRegistrations = changed.limits().registrations();
        }
      }
      case OrganizationChanged closed -> play.organization(closed.organizationId()).closed = true;
      default -> {}
    }
  }

  private void becomes(UUID refundId, String status) {
    if (!FINAL.contains(play.refunds.getOrDefault(refundId, "requested"))) {
      play.refunds.put(refundId, status);
    }
  }

  private boolean arePlacesLeft(ExpectedRegistration of, Instant now) {
    ExpectedCode code = of.code;
    return of.event.has(of.wanted(), now)
        && !Buyers.hasReachedLimit(of.event, of.account)
        && (code == null || (!code.isExhausted() && !code.isExhaustedFor(of.account)));
  }

  private ExpectedRegistration registration(UUID id) {
    return Objects.requireNonNull(play.registrations.get(id));
  }
}
