package io.cpdevents.local;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the platform consists of on one machine: names, ports, jars and memory in one table. The
 * order is that of starting; stopping goes the other way.
 */
public enum Component {
  POSTGRES("postgres", 40, null, 0),
  KAFKA("kafka", 41, null, 384),
  MAILBOX("mailbox", 35, null, 48),
  STRIPE_SANDBOX("stripe-sandbox", 30, "stripe-sandbox", 128),
  ACCOUNTS("accounts", 21, "accounts-service", 160),
  REGISTRATION("registration", 22, "registration-service", 128),
  BILLING("billing", 23, "billing-service", 128),
  PAYOUT("payout", 24, "payout-service", 96),
  NOTIFICATION("notification", 25, "notification-service", 112),
  GATEWAY("gateway", 0, "gateway", 224);

  /**
   * C1 and the serial collector: quick to start and small, which is what one machine needs. Huge
   * pages where the kernel has them, because a virtual machine pays twice for a missed translation.
   */
  private static final List<String> SMALL_JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+UseTransparentHugePages",
          // Better gone and seen than alive and silent.
          "-XX:+ExitOnOutOfMemoryError",
          "-Xss512k",
          "-XX:MaxMetaspaceSize=192m",
          "--enable-native-access=ALL-UNNAMED",
          "-Duser.timezone=UTC",
          "-Dfile.encoding=UTF-8");

  private final String wireName;
  private final int portOffset;
  private final @Nullable String module;
  private final int heapMegabytes;

  Component(String wireName, int portOffset, @Nullable String module, int heapMegabytes) {
    this.wireName = wireName;
    this.portOffset = portOffset;
    this.module = module;
    this.heapMegabytes = heapMegabytes;
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

  /** Whether it needs the others to be there before it starts. */
  boolean isService() {
    return module != null;
  }

  /** Flags of its JVM. */
  List<String> jvmFlags() {
    return Stream.concat(Stream.of("-Xmx" + heapMegabytes + "m"), SMALL_JVM.stream()).toList();
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
