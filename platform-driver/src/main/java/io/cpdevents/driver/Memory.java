package io.cpdevents.driver;

import io.cpdevents.driver.inside.ConsumerLag;
import io.cpdevents.driver.inside.Databases;
import io.cpdevents.driver.invariants.Invariant;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What all who act on one platform in a run share. */
final class Memory {

  final Databases databases;
  final ConsumerLag consumerLag;
  final Set<Invariant> exceptions = EnumSet.noneOf(Invariant.class);

  final Map<String, Person> staff = new ConcurrentHashMap<>();
  final Queue<Organization> organizations = new ConcurrentLinkedQueue<>();
  final Queue<Registration> registrations = new ConcurrentLinkedQueue<>();
  final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
  final Queue<String> secrets = new ConcurrentLinkedQueue<>();

  /** Differs from run to run, for a platform may outlive one. */
  private final String run = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

  /** Business time that was let pass. */
  private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);

  private final AtomicInteger names = new AtomicInteger();

  Memory(PlatformAddress address) {
    this.databases = new Databases(address::connect);
    this.consumerLag = new ConsumerLag(address.kafkaBootstrapServers());
  }

  /** How much business time was let pass so far. */
  Duration passed() {
    return passed.get();
  }

  void passes(Duration time) {
    passed.accumulateAndGet(time, Duration::plus);
  }

  /** What no other name of this platform has in it. */
  String unique() {
    return run + "-" + names.incrementAndGet();
  }
}
