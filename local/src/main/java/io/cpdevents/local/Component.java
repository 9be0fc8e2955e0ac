package io.cpdevents.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the platform consists of on one machine: names, ports, jars and memory in one table. The
 * order is that of starting; stopping goes the other way.
 */
public enum Component {
  POSTGRES("postgres", 40, null, 0, Crowds.SPARED),
  KAFKA("kafka", 41, null, 384, Crowds.SERVED),
  MAILBOX("mailbox", 35, null, 48, Crowds.SERVED),
  STRIPE_SANDBOX("stripe-sandbox", 30, "stripe-sandbox", 128, Crowds.SERVED),
  ACCOUNTS("accounts", 21, "accounts-service", 160, Crowds.SPARED),
  REGISTRATION("registration", 22, "registration-service", 128, Crowds.SERVED),
  BILLING("billing", 23, "billing-service", 128, Crowds.SERVED),
  PAYOUT("payout", 24, "payout-service", 96, Crowds.SPARED),
  NOTIFICATION("notification", 25, "notification-service", 112, Crowds.SERVED),
  GATEWAY("gateway", 0, "gateway", 224, Crowds.SERVED);

  /** Whether a crowd that registers comes by here. */
  private enum Crowds {
    SERVED,
    SPARED
  }

  /**
   * The serial collector and compact headers, which is what one machine needs. Huge pages where the
   * kernel has them, because a virtual machine pays twice for a missed translation; memory that the
   * compiler needed is given back.
   */
  private static final List<String> SMALL_JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+UseTransparentHugePages",
          "-XX:TrimNativeHeapInterval=5000",
          // Better gone and seen than alive and silent.
          "-XX:+ExitOnOutOfMemoryError",
          "-Xss512k",
          "-XX:MaxMetaspaceSize=192m",
          // Below this no class that is loaded causes a full collection: a start had three.
          "-XX:MetaspaceSize=128m",
          "--enable-native-access=ALL-UNNAMED",
          "-Duser.timezone=UTC",
          "-Dfile.encoding=UTF-8");

  private final String wireName;
  private final int portOffset;
  private final @Nullable String module;
  private final int heapMegabytes;
  private final Crowds crowds;

  Component(
      String wireName, int portOffset, @Nullable String module, int heapMegabytes, Crowds crowds) {
    this.wireName = wireName;
    this.portOffset = portOffset;
    this.module = module;
    this.heapMegabytes = heapMegabytes;
    this.crowds = crowds;
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

  /** Its JVM, with flags. */
  List<String> java(Compiler compiler) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SMALL_JVM);
    command.add("-Xmx" + heapMegabytes + "m");
    if (compiler == Compiler.QUICK || crowds == Crowds.SPARED) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    return command;
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
