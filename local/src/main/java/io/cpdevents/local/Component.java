package io.cpdevents.local;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the platform consists of on one machine: names, ports, jars and memory in one table. The
 * order is that of starting; stopping goes the other way.
 */
public enum Component {
  POSTGRES("postgres", 40, null, 0, Load.LOW),
  KAFKA("kafka", 41, null, 384, Load.HIGH),
  MAILBOX("mailbox", 35, null, 48, Load.HIGH),
  STRIPE_SANDBOX("stripe-sandbox", 30, "stripe-sandbox", 128, Load.HIGH),
  ACCOUNTS("accounts", 21, "accounts-service", 160, Load.LOW),
  REGISTRATION("registration", 22, "registration-service", 128, Load.HIGH),
  BILLING("billing", 23, "billing-service", 128, Load.HIGH),
  PAYOUT("payout", 24, "payout-service", 96, Load.LOW),
  NOTIFICATION("notification", 25, "notification-service", 112, Load.HIGH),
  GATEWAY("gateway", 0, "gateway", 224, Load.HIGH);

  /** How many requests reach it while many people register at once. */
  private enum Load {
    HIGH,
    LOW
  }

  private final String wireName;
  private final int portOffset;
  private final @Nullable String module;
  private final int heapMegabytes;
  private final Load load;

  Component(
      String wireName, int portOffset, @Nullable String module, int heapMegabytes, Load load) {
    this.wireName = wireName;
    this.portOffset = portOffset;
    this.module = module;
    this.heapMegabytes = heapMegabytes;
    this.load = load;
  }

  /** The name in commands, logs and the control API. */
  public String wireName() {
    return wireName;
  }

  /** Where it listens, counted from the port base. */
  int portOffset() {
    return portOffset;
  }

  /** The Maven module whose jar it runs; none for PostgreSQL, Kafka and the mailbox. */
  Optional<String> module() {
    return Optional.ofNullable(module);
  }

  /**
   * Whether it runs the jar of a module of its own. Such a component needs the others to be there
   * before it starts.
   */
  public boolean isService() {
    return module != null;
  }

  /** The most that its JVM's heap takes; 0 for PostgreSQL, which is none. */
  int heapMegabytes() {
    return heapMegabytes;
  }

  /** Whether many requests reach it, so that thorough compilation pays. */
  boolean isUnderLoad() {
    return load == Load.HIGH;
  }

  /** Whether it does what takes four times as long with the quick compiler alone: 110 ms each. */
  boolean hashesPasswords() {
    return this == ACCOUNTS;
  }

  /** The component of this name. */
  public static Component named(String wireName) {
    return Arrays.stream(values())
        .filter(component -> component.wireName.equals(wireName))
        .findFirst()
        .orElseThrow(() ->
            new LocalFailure(
                "there is no component '%s', only %s"
                    .formatted(
                        wireName,
                        Arrays.stream(values())
                            .map(Component::wireName)
                            .collect(Collectors.joining(", ")))));
  }
}
