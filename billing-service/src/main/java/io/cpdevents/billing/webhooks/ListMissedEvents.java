package io.cpdevents.billing.webhooks;

import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeApi.EventPage;
import io.cpdevents.billing.webhooks.EventProgress.Pass;
import io.cpdevents.billing.webhooks.PostedEvent.Relevance;
import io.cpdevents.billing.webhooks.StripeEvents.Arrival;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import io.cpdevents.platform.time.SystemTime;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads Stripe's list of events, as a safety net behind the webhooks: an event that was not posted,
 * or that we did not accept, is stored and applied as if it had been posted. So even days without
 * webhooks are made up for.
 */
@Component
public class ListMissedEvents {

  private static final Logger log = LoggerFactory.getLogger(ListMissedEvents.class);

  /** Stripe does not list older events; other jobs ask about the objects that those were about. */
  private static final Duration MAX_EVENT_AGE = Duration.ofDays(30);

  /** Stripe lists by creation time, and an event may appear later than younger ones. */
  private static final Duration OVERLAP_TIME = Duration.ofMinutes(10);

  /** Younger events are left to the webhooks. */
  private static final Duration MIN_EVENT_AGE = Duration.ofMinutes(2);

  /** The most events that are in memory at once. */
  private static final int MAX_PAGE_ROWS = 100;

  private final StripeApi stripe;
  private final EventProgress progress;
  private final ReadStripeEvent read;
  private final KeepStripeEvents keep;
  private final StripeEventWorker worker;
  private final Clock clock;
  private final SystemTime systemTime;
  private final Counter missed;

  ListMissedEvents(
      StripeApi stripe,
      EventProgress progress,
      ReadStripeEvent read,
      KeepStripeEvents keep,
      StripeEventWorker worker,
      Clock clock,
      SystemTime systemTime,
      MeterRegistry metrics) {
    this.stripe = stripe;
    this.progress = progress;
    this.read = read;
    this.keep = keep;
    this.worker = worker;
    this.clock = clock;
    this.systemTime = systemTime;
    this.missed =
        Counter.builder("cpd.stripe.events.missed")
            .description("Events of Stripe that came by its list and by no webhook before")
            .register(metrics);
    Gauge.builder("cpd.stripe.events.behind", this, ListMissedEvents::secondsBehind)
        .description("Time since every event of Stripe was kept")
        .baseUnit("seconds")
        .register(metrics);
  }

  /**
   * Goes on with the pass that was interrupted, or begins the next, from shortly before the end of
   * the last one. Progress is saved after each page. The order does not matter, because events are
   * applied by the state of their object.
   */
  public void handle() {
    Pass pass = progress.underWay().orElseGet(this::begin);
    try {
      pass = readOn(pass);
      progress.finish(pass);
    } catch (StripeUnavailable interrupted) {
      log.warn("Stripe's events cannot be listed now: {}", interrupted.getMessage());
    } catch (StripeRefused refused) {
      // The event at which it stopped is too old by now to be listed.
      log.warn("A pass over Stripe's events starts again: {}", refused.getMessage());
      progress.giveUp();
    }
  }

  private Pass begin() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant until = now.minus(MIN_EVENT_AGE);
    Instant oldest = now.minus(MAX_EVENT_AGE);
    Instant from =
        progress
            .keptUntil()
            .map(kept -> later(oldest, earlier(kept, until).minus(OVERLAP_TIME)))
            .orElse(oldest);
    return new Pass(from, until, null);
  }

  private Pass readOn(Pass begun) {
    Pass pass = begun;
    EventPage page;
    do {
      page = stripe.events(pass.from(), pass.until(), pass.after(), MAX_PAGE_ROWS);
      keep(page);
      if (page.more()) {
        pass = new Pass(pass.from(), pass.until(), page.events().getLast().id());
        progress.save(pass);
      }
    } while (page.more());
    return pass;
  }

  private void keep(EventPage page) {
    Instant now = systemTime.now();
    List<Arrival> arrivals =
        page.events().stream()
            .map(read::listed)
            .filter(ListMissedEvents::isWorthKeeping)
            .map(event -> new Arrival(WebhookEndpoint.PLATFORM, event, now))
            .toList();
    int found = keep.handle(arrivals).size();
    if (found > 0) {
      log.warn("{} event(s) of Stripe were kept that no webhook had brought", found);
      missed.increment(found);
      worker.wake();
    }
  }

  /** The list has every event; the endpoints are not subscribed to what is known to be ignored. */
  private static boolean isWorthKeeping(PostedEvent event) {
    return switch (event.relevance()) {
      case Relevance.About _ -> true;
      case Relevance.Ignored ignored ->
          switch (ignored.reason()) {
            case UNKNOWN_TYPE, WITHOUT_SUBJECT -> true;
            case TOLD_BY_ANOTHER_EVENT,
                NOTHING_DEPENDS_ON_IT,
                FOLLOWED_IN_BALANCE,
                NOT_SUPPORTED,
                OTHER_ENDPOINT,
                NOT_OURS ->
                false;
          };
    };
  }

  private long secondsBehind() {
    Optional<Instant> since = progress.keptUntil().or(() -> progress.underWay().map(Pass::until));
    return since.map(kept -> Duration.between(kept, clock.instant()).toSeconds()).orElse(0L);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
