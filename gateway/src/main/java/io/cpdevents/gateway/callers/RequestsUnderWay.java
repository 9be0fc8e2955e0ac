package io.cpdevents.gateway.callers;

import io.cpdevents.gateway.connections.SlowestConnections;
import io.cpdevents.gateway.problem.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Bounds the requests that are under way, in all and of one network. The bounds hold whatever the
 * rate limits are, because without them a single slow caller keeps everybody out.
 *
 * <p>Where a bound is met, the slowest of those whose callers keep them waiting gives way to the
 * next request: so a crowd that sends its bodies or takes its answers slowly keeps nobody out,
 * neither those of its own network nor others.
 */
@Component
public class RequestsUnderWay {

  /** Each takes about 100 KB of heap while it waits for a service; the next one is refused. */
  public static final int MAX_REQUESTS = 640;

  /**
   * Less than one service answers at a time (256), so that one network never keeps others from it;
   * a training centre's people share one address, Stripe's webhooks a few.
   */
  static final int MAX_REQUESTS_OF_NETWORK = 224;

  private static final long RETRY_AFTER_SECONDS = 2;

  /**
   * How often the next request looks for room before it is refused, and how long in between: who
   * has just begun is not known as slow before a few looks, and others look for room as well.
   */
  private static final int MAX_LOOKS = 20;

  private static final int LOOKS_OF_ROOM = 4;

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(25);

  /** Ends the request of one of the connections that it is asked about. */
  @FunctionalInterface
  interface Room {
    boolean make(Predicate<String> connections);
  }

  private final Room room;
  private final ConcurrentMap<String, String> networkByConnection = new ConcurrentHashMap<>();
  private final Semaphore places = new Semaphore(MAX_REQUESTS);
  private final Shares<String> networks = new Shares<>();
  private final Lately turnedAway = new Lately();
  private final Counter refusedForAll;
  private final Counter refusedForNetwork;

  @Autowired
  RequestsUnderWay(MeterRegistry meters, SlowestConnections slowest) {
    this(meters, slowest::endOne);
  }

  RequestsUnderWay(MeterRegistry meters, Room room) {
    this.room = room;
    Gauge.builder("cpd.gateway.requests.under.way", places, RequestsUnderWay::taken)
        .description("Requests that hold one of the gateway's places")
        .register(meters);
    refusedForAll = refused("all", meters);
    refusedForNetwork = refused("network", meters);
  }

  private static double taken(Semaphore places) {
    return MAX_REQUESTS - places.availablePermits();
  }

  static Counter refused(String bound, MeterRegistry meters) {
    return Counter.builder("cpd.gateway.requests.refused")
        .tag("bound", bound)
        .description("Requests that were refused because as many were under way as may be")
        .register(meters);
  }

  /** Whether somebody was refused lately, whoever it was, or would be now. */
  public boolean turnPeopleAway() {
    return places.availablePermits() == 0 || turnedAway.isSo();
  }

  /**
   * Begins a request of an address.
   *
   * @param connectionId the connection that it came over
   * @throws Refusal 429 {@code too-many-requests} when its network has its share, 503 {@code
   *     service-unavailable} when all places are taken, and none is of a slow caller
   */
  public Held begin(String address, String connectionId) {
    String network = Network.of(address);
    Taken taken = take(network);
    boolean isMade = false;
    for (int look = 0; taken != Taken.BOTH && look < MAX_LOOKS; look++) {
      Predicate<String> same = connection -> network.equals(networkByConnection.get(connection));
      // Who has made room waits for it, and ends no other meanwhile.
      if (!isMade || look % LOOKS_OF_ROOM == 0) {
        isMade = room.make(taken == Taken.NOTHING ? same : networkByConnection::containsKey);
      }
      LockSupport.parkNanos(LOOK_INTERVAL.toNanos());
      taken = take(network);
    }
    switch (taken) {
      case NOTHING -> {
        refusedForNetwork.increment();
        throw Refusal.tooManyAtOnce(RETRY_AFTER_SECONDS);
      }
      case SHARE_ONLY -> {
        refusedForAll.increment();
        turnedAway.happens();
        throw Refusal.overloaded(RETRY_AFTER_SECONDS);
      }
      case BOTH -> networkByConnection.put(connectionId, network);
    }
    return () -> {
      networkByConnection.remove(connectionId);
      places.release();
      networks.giveBack(network, 1);
    };
  }

  private enum Taken {
    /** The network has its share. */
    NOTHING,
    /** All places are taken. */
    SHARE_ONLY,
    BOTH
  }

  /** Takes a place of the network's share, and one of all; holds nothing unless there are both. */
  private Taken take(String network) {
    int left = places.availablePermits();
    if (left == 0) {
      return Taken.SHARE_ONLY;
    }
    // Never more than what is left for others: so the more networks want all, the less has each.
    if (!networks.take(network, 1, Math.min(MAX_REQUESTS_OF_NETWORK, left))) {
      return Taken.NOTHING;
    }
    if (!places.tryAcquire()) {
      networks.giveBack(network, 1);
      return Taken.SHARE_ONLY;
    }
    return Taken.BOTH;
  }
}
