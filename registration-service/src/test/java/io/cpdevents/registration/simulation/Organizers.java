package io.cpdevents.registration.simulation;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.registration.events.AddTicketType;
import io.cpdevents.registration.events.CancelEvent;
import io.cpdevents.registration.events.ChangeEvent;
import io.cpdevents.registration.events.ChangeTicketType;
import io.cpdevents.registration.events.CreateEvent;
import io.cpdevents.registration.events.EventMode;
import io.cpdevents.registration.events.EventTerms;
import io.cpdevents.registration.events.HoldLimits;
import io.cpdevents.registration.events.PublishEvent;
import io.cpdevents.registration.events.RefundPolicy;
import io.cpdevents.registration.events.TicketTypeTerms;
import io.cpdevents.registration.organizations.PrepareClosing;
import io.cpdevents.registration.promocodes.ChangePromoCode;
import io.cpdevents.registration.promocodes.CreatePromoCode;
import io.cpdevents.registration.promocodes.PromoCodeStatus;
import io.cpdevents.registration.promocodes.PromoCodeTerms;
import io.cpdevents.registration.quotas.ChangeQuota;
import io.cpdevents.registration.quotas.CreateQuota;
import io.cpdevents.registration.quotas.QuotaTerms;
import io.cpdevents.registration.quotas.RemoveQuota;
import io.cpdevents.registration.simulation.ExpectedEvent.Place;
import io.cpdevents.registration.simulation.ExpectedEvent.Quota;
import io.cpdevents.registration.simulation.ExpectedEvent.Type;
import io.cpdevents.registration.simulation.Play.Attempt;
import io.cpdevents.registration.simulation.Play.Habit;
import io.cpdevents.registration.simulation.Play.Organization;
import io.cpdevents.registration.waitlist.MoveEntry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Organizations, which put events on sale, change their minds, and close. */
final class Organizers {

  private static final Currency CURRENCY = Currency.getInstance("CAD");
  private static final List<Long> PRICES_MINOR = List.of(0L, 5_000L, 12_550L);
  private static final List<Integer> HOLD_MINUTES = List.of(10, 30, 60);
  private static final List<Integer> OFFER_MINUTES = List.of(15, 240, 1_440);
  private static final List<Integer> KEPT_BASIS_POINTS = List.of(0, 2_000, 10_000);
  private static final Duration MAX_TIME_AFTER_END = Duration.ofDays(7);
  private static final Duration MAX_CLOSING_TIME = Duration.ofMinutes(10);
  private static final int WHOLE = 10_000;
  private static final int MAX_QUOTAS = 3;

  private final Play play;
  private final Banks messages;

  Organizers(Play play, Banks messages) {
    this.play = play;
    this.messages = messages;
  }

  List<Habit> habits() {
    return List.of(
        new Habit(8, "puts an event on sale", this::publishes),
        new Habit(18, "changes the capacity", this::changesCapacity),
        new Habit(5, "limits accounts", this::limitsAccounts),
        new Habit(6, "moves the event", this::movesEvent),
        new Habit(18, "changes a ticket type", this::changesType),
        new Habit(6, "adds a quota", this::addsQuota),
        new Habit(12, "changes a quota", this::changesQuota),
        new Habit(3, "removes a quota", this::removesQuota),
        new Habit(5, "changes a code", this::changesCode),
        new Habit(8, "moves somebody on the list", this::movesEntry),
        new Habit(3, "cancels an event", this::cancelsEvent),
        new Habit(2, "closes", this::closes));
  }

  /** An organization with its codes. */
  void founds() {
    Organization organization = new Organization();
    play.organizations.put(organization.id, organization);
    makesCode(organization, "ONCE", WHOLE / 2, 1, null);
    makesCode(organization, "EACH", WHOLE / 4, 5, 1);
    makesCode(organization, "FREE", WHOLE, 6, 2);
  }

  private void makesCode(
      Organization organization,
      String code,
      int basisPoints,
      @Nullable Integer maxUses,
      @Nullable Integer maxUsesPerAccount) {
    UUID id = Ids.next();
    play.bean(CreatePromoCode.class)
        .handle(
            new CreatePromoCode.Command(
                id,
                organization.id,
                new PromoCodeTerms(
                    code,
                    basisPoints,
                    null,
                    maxUses,
                    maxUsesPerAccount,
                    null,
                    null,
                    null,
                    null,
                    null)),
            play.owner(organization.id));
    play.codes.add(new ExpectedCode(id, organization.id, code, maxUses, maxUsesPerAccount));
  }

  void publishes() {
    if (play.organizations.values().stream().allMatch(each -> each.closed)) {
      founds();
    }
    Organization organization = play.any(play.organizations.values()).orElseThrow();
    Instant now = play.now();
    int days = play.between(1, 15);
    Place place =
        new Place(
            now,
            now.plus(Duration.ofDays(days)),
            now.plus(Duration.ofDays(days)).plus(Duration.ofHours(3)),
            "Hall 1");
    ExpectedEvent event =
        new ExpectedEvent(
            Ids.next(),
            organization.id,
            play.in(4),
            play.any(HOLD_MINUTES),
            play.any(OFFER_MINUTES),
            play.in(2) ? 48 : 24 * 10);
    event.places.add(place);
    event.capacity = play.between(3, 13);
    event.perAccountLimit = play.in(3) ? Integer.valueOf(play.between(1, 4)) : null;
    saves(event, place);
    Attempt<?> attempt =
        play.insists(() ->
            play.bean(PublishEvent.class)
                .handle(
                    new PublishEvent.Command(event.id, IfMatch.ANY), play.owner(organization.id)));
    Set<String> reasons = new TreeSet<>();
    if (organization.isClosing(now)) {
      reasons.add("wrong-state");
    }
    if (organization.maxRegistrations != null
        && Checks.confirmedInMonth(play, organization.id, now) >= organization.maxRegistrations) {
      reasons.add("plan-limit-reached");
    }
    if (play.isDone(attempt, reasons, "event " + event.id + " is put on sale")) {
      play.events.put(event.id, event);
      play.note("event on sale");
    }
  }

  private void saves(ExpectedEvent event, Place place) {
    play.bean(CreateEvent.class)
        .handle(
            new CreateEvent.Command(
                event.id,
                event.organizationId,
                CURRENCY,
                new EventTerms(
                    "Wound care",
                    null,
                    EventMode.IN_PERSON,
                    place.startsAt(),
                    place.endsAt(),
                    "America/Toronto",
                    event.capacity,
                    event.perAccountLimit,
                    place.venue(),
                    new RefundPolicy(
                        List.of(new RefundPolicy.Tier(event.fullRefundHours, WHOLE)), true),
                    event.limitsHolds ? HoldLimits.DEFAULT : HoldLimits.NONE,
                    event.holdMinutes,
                    event.offerMinutes,
                    null)),
            play.owner(event.organizationId));
    int types = play.between(2, 4);
    for (int number = 0; number < types; number++) {
      Type type =
          new Type(
              Ids.next(),
              PRICES_MINOR.get(number % PRICES_MINOR.size()),
              play.in(3) ? Integer.valueOf(play.between(1, event.capacity + 2)) : null);
      play.bean(AddTicketType.class)
          .handle(
              new AddTicketType.Command(
                  type.id,
                  event.id,
                  new TicketTypeTerms(
                      "Type " + number,
                      new Money(type.priceMinor, CURRENCY),
                      type.quota,
                      null,
                      null,
                      null,
                      null,
                      null,
                      null)),
              play.owner(event.organizationId));
      event.types.put(type.id, type);
    }
  }

  private Set<String> changeReasons(ExpectedEvent event) {
    Set<String> reasons = new TreeSet<>();
    if (event.isCancelled()) {
      reasons.add("event-cancelled");
    }
    return reasons;
  }

  private Attempt<?> changes(ExpectedEvent event, UnaryOperator<EventTerms> change) {
    return play.insists(() ->
        play.bean(ChangeEvent.class)
            .handle(
                new ChangeEvent.Command(event.id, IfMatch.ANY, change),
                play.owner(event.organizationId)));
  }

  private static EventTerms with(
      EventTerms terms, int capacity, @Nullable Integer perAccountLimit, Place place) {
    return new EventTerms(
        terms.title(),
        terms.description(),
        terms.mode(),
        place.startsAt(),
        place.endsAt(),
        terms.timeZone(),
        capacity,
        perAccountLimit,
        place.venue(),
        terms.refundPolicy(),
        terms.holdLimits(),
        terms.holdMinutes(),
        terms.waitlistOfferMinutes(),
        terms.cpdCredits());
  }

  private void changesCapacity() {
    play.anEvent()
        .ifPresent(event -> {
          int capacity = Math.max(1, event.taken() + play.between(-2, 5));
          Set<String> reasons = changeReasons(event);
          if (capacity < event.taken()) {
            reasons.add("capacity-below-taken");
          }
          Attempt<?> attempt =
              changes(event, terms -> with(terms, capacity, event.perAccountLimit, event.place()));
          if (play.isDone(attempt, reasons, "event " + event.id + " has room for " + capacity)) {
            boolean isChanged = event.capacity != capacity;
            event.capacity = capacity;
            offersIf(isChanged, event);
          }
        });
  }

  private void limitsAccounts() {
    play.anEvent()
        .ifPresent(event -> {
          Integer limit = play.in(2) ? null : Integer.valueOf(play.between(1, 4));
          Attempt<?> attempt =
              changes(event, terms -> with(terms, event.capacity, limit, event.place()));
          if (play.isDone(
              attempt,
              changeReasons(event),
              "event " + event.id + " limits accounts to " + limit)) {
            boolean isChanged = !Objects.equals(event.perAccountLimit, limit);
            event.perAccountLimit = limit;
            offersIf(isChanged, event);
          }
        });
  }

  private void movesEvent() {
    Instant now = play.now();
    play.any(play.events.values().stream().filter(event -> !event.hasStarted(now)))
        .ifPresent(event -> {
          Instant start =
              play.in(3)
                  ? event.place().startsAt().plus(Duration.ofMinutes(30))
                  : now.plus(Duration.ofDays(play.between(1, 12)));
          Place place =
              new Place(
                  now,
                  start,
                  start.plus(Duration.ofHours(3)),
                  play.in(3) ? "Hall " + play.between(1, 3) : event.place().venue());
          Attempt<?> attempt =
              changes(event, terms -> with(terms, event.capacity, event.perAccountLimit, place));
          if (play.isDone(
              attempt, changeReasons(event), "event " + event.id + " is moved to " + place)) {
            event.places.add(place);
            play.note("event moved");
            offersIf(true, event);
          }
        });
  }

  private void changesType() {
    play.anEvent()
        .ifPresent(event -> {
          Type type = play.any(event.types.values()).orElseThrow();
          boolean ofQuota = play.chance.nextBoolean();
          int taken = event.taken(Set.of(type.id));
          Integer quota =
              !ofQuota
                  ? type.quota
                  : play.in(3) ? null : Integer.valueOf(Math.max(0, taken + play.between(-2, 4)));
          Instant closes =
              ofQuota
                  ? type.saleClosesAt
                  : play.in(4) ? play.now().plus(Duration.ofMinutes(play.between(-60, 600))) : null;
          Set<String> reasons = changeReasons(event);
          if (quota != null && quota < taken) {
            reasons.add("quota-below-taken");
          }
          Attempt<?> attempt =
              play.insists(() ->
                  play.bean(ChangeTicketType.class)
                      .handle(
                          new ChangeTicketType.Command(
                              type.id,
                              IfMatch.ANY,
                              terms ->
                                  new TicketTypeTerms(
                                      terms.name(),
                                      terms.price(),
                                      quota,
                                      null,
                                      closes,
                                      terms.minPerRegistration(),
                                      terms.maxPerRegistration(),
                                      terms.hidden(),
                                      terms.accessCodes())),
                          play.owner(event.organizationId)));
          String what =
              "ticket type %s of event %s has quota %s and closes at %s"
                  .formatted(type.id, event.id, quota, closes);
          if (play.isDone(attempt, reasons, what)) {
            boolean isChanged =
                !Objects.equals(type.quota, quota) || !Objects.equals(type.saleClosesAt, closes);
            type.quota = quota;
            type.saleClosesAt = closes;
            offersIf(isChanged, event);
          }
        });
  }

  private void offersIf(boolean isChanged, ExpectedEvent event) {
    if (isChanged) {
      play.offers(event);
    }
  }

  private Set<UUID> someTypes(ExpectedEvent event) {
    UUID one = play.any(event.types.keySet()).orElseThrow();
    Set<UUID> some = new LinkedHashSet<>();
    // In the order in which the service keeps them: another one is another quota.
    event.types.keySet().stream()
        .filter(type -> type.equals(one) || play.chance.nextBoolean())
        .forEach(some::add);
    return some;
  }

  private void addsQuota() {
    play.anEvent()
        .filter(event -> event.quotas.size() < MAX_QUOTAS)
        .ifPresent(event -> {
          Set<UUID> types = someTypes(event);
          int taken = event.taken(types);
          Quota quota = new Quota(Ids.next(), Math.max(0, taken + play.between(-1, 5)), types);
          Set<String> reasons = changeReasons(event);
          if (quota.capacity < taken) {
            reasons.add("quota-below-taken");
          }
          Attempt<?> attempt =
              play.insists(() ->
                  play.bean(CreateQuota.class)
                      .handle(
                          new CreateQuota.Command(
                              quota.id,
                              event.id,
                              new QuotaTerms("Seats", quota.capacity, List.copyOf(types))),
                          play.owner(event.organizationId)));
          String what =
              "event %s has quota %s of %d for %s"
                  .formatted(event.id, quota.id, quota.capacity, types);
          if (play.isDone(attempt, reasons, what)) {
            event.quotas.put(quota.id, quota);
            offersIf(true, event);
          }
        });
  }

  private void changesQuota() {
    play.any(play.events.values().stream().filter(event -> !event.quotas.isEmpty()))
        .ifPresent(event -> {
          Quota quota = play.any(event.quotas.values()).orElseThrow();
          Set<UUID> types = play.in(3) ? someTypes(event) : quota.types;
          int taken = event.taken(types);
          int capacity = Math.max(0, taken + play.between(-2, 5));
          Set<String> reasons = changeReasons(event);
          if (capacity < taken) {
            reasons.add("quota-below-taken");
          }
          Attempt<?> attempt =
              play.insists(() ->
                  play.bean(ChangeQuota.class)
                      .handle(
                          new ChangeQuota.Command(
                              quota.id,
                              IfMatch.ANY,
                              terms -> new QuotaTerms(terms.name(), capacity, List.copyOf(types))),
                          play.owner(event.organizationId)));
          String what = "quota %s is %d for %s".formatted(quota.id, capacity, types);
          if (play.isDone(attempt, reasons, what)) {
            boolean isChanged = quota.capacity != capacity || !quota.types.equals(types);
            quota.capacity = capacity;
            quota.types = types;
            offersIf(isChanged, event);
          }
        });
  }

  private void removesQuota() {
    play.any(play.events.values().stream().filter(event -> !event.quotas.isEmpty()))
        .ifPresent(event -> {
          Quota quota = play.any(event.quotas.values()).orElseThrow();
          Attempt<Boolean> attempt =
              play.tries(() -> {
                play.bean(RemoveQuota.class)
                    .handle(
                        new RemoveQuota.Command(quota.id, IfMatch.ANY),
                        play.owner(event.organizationId));
                return true;
              });
          boolean removed =
              attempt.committed()
                  || play.isDone(
                      attempt, changeReasons(event), "quota " + quota.id + " is removed");
          if (removed) {
            event.quotas.remove(quota.id);
            offersIf(true, event);
          }
        });
  }

  private void changesCode() {
    changes(play.any(play.codes), play.in(10), play.between(1, 9));
  }

  private void changes(ExpectedCode code, boolean ends, int maxUses) {
    Attempt<?> attempt =
        play.insists(() ->
            play.bean(ChangePromoCode.class)
                .handle(
                    new ChangePromoCode.Command(
                        code.id,
                        IfMatch.ANY,
                        terms ->
                            new PromoCodeTerms(
                                terms.code(),
                                terms.percentOff(),
                                terms.amountOff(),
                                maxUses,
                                terms.maxUsesPerAccount(),
                                terms.validFrom(),
                                terms.validUntil(),
                                terms.eventIds(),
                                terms.ticketTypeIds(),
                                ends ? PromoCodeStatus.ENDED : terms.status())),
                    play.owner(code.organizationId)));
    if (play.isDone(attempt, Set.of(), "code " + code.id + " may be used " + maxUses + " times")) {
      code.maxUses = maxUses;
      code.ended = code.ended || ends;
    }
  }

  private void movesEntry() {
    play.any(play.events.values().stream().filter(event -> event.queue().size() > 1))
        .ifPresent(event -> {
          ExpectedEntry entry = play.any(event.queue());
          ExpectedEntry before = play.in(4) ? null : play.any(event.queue());
          if (entry.equals(before)) {
            return;
          }
          Attempt<?> attempt =
              play.insists(() ->
                  play.bean(MoveEntry.class)
                      .handle(
                          new MoveEntry.Command(
                              entry.id, before == null ? null : before.id, "A speaker"),
                          play.owner(event.organizationId)));
          String what =
              "entry %s is moved before %s"
                  .formatted(entry.id, before == null ? "nobody" : before.id);
          if (play.isDone(attempt, Set.of(), what)) {
            BigDecimal rank =
                before == null ? event.rankBehindAll() : event.rankBefore(before, entry);
            int is = event.position(rank, entry);
            if (is != event.position(entry.rank, entry)) {
              entry.rank = rank;
              entry.told.add("moved to " + is);
            }
          }
        });
  }

  private void cancelsEvent() {
    play.anEvent()
        .ifPresent(event -> {
          Instant now = play.now();
          int kept = play.any(KEPT_BASIS_POINTS);
          Set<String> reasons = changeReasons(event);
          if (now.isAfter(event.place().endsAt().plus(MAX_TIME_AFTER_END))) {
            reasons.add("event-over");
          }
          CancelEvent.Command command =
              new CancelEvent.Command(
                  Ids.next(), event.id, IfMatch.ANY, "The speaker is ill", kept);
          Attempt<?> attempt =
              play.insists(() ->
                  play.bean(CancelEvent.class).handle(command, play.owner(event.organizationId)));
          if (play.isDone(attempt, reasons, "event " + event.id + " is cancelled, keeps " + kept)) {
            event.cancelledAt = now;
            event.keepsBasisPoints = kept;
            play.note("event cancelled");
          }
        });
  }

  private void closes() {
    Organization organization = play.any(play.organizations.values()).orElseThrow();
    Instant now = play.now();
    boolean hasEvents =
        play.events.values().stream()
            .filter(event -> event.organizationId.equals(organization.id))
            .anyMatch(event -> event.isCancelled() ? !event.cancellationDone : !event.isOver(now));
    Attempt<List<String>> attempt =
        play.insists(() -> play.bean(PrepareClosing.class).handle(organization.id));
    if (play.isDone(attempt, Set.of(), "organization " + organization.id + " is to be closed")) {
      List<String> inTheWay = Objects.requireNonNull(attempt.answer());
      play.require(
          inTheWay.equals(hasEvents ? List.of("events") : List.of()),
          "organization %s is not closed because of %s",
          organization.id,
          inTheWay);
      if (!hasEvents) {
        organization.closingUntil = now.plus(MAX_CLOSING_TIME);
        play.note("organization closing");
        if (play.chance.nextBoolean()) {
          messages.closed(organization);
        }
      }
    }
  }
}
