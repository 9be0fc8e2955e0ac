package io.cpdevents.local;

import io.cpdevents.platform.test.servers.FreePort;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Every port of one platform, counted from a base, all on the loopback address.
 *
 * @param base the gateway's
 */
public record Ports(int base) {

  /** The gateway's port unless {@code CPD_PORT_BASE} says otherwise. */
  public static final int DEFAULT_BASE = 8080;

  private static final int MIN_BASE_PORT = 1024;
  private static final int SMTP = 36;
  private static final int KAFKA_CONTROLLER = 42;
  private static final int CONTROL = 45;
  private static final int FREE_FROM = 20_000;

  /** Below the ports that Linux gives to outgoing connections. */
  private static final int FREE_TO = 32_000;

  private static final int MAX_BASE_PORT = 65_535 - CONTROL;
  private static final int MAX_ATTEMPTS = 200;

  /** Refuses a base whose ports do not exist. */
  public Ports {
    if (base < MIN_BASE_PORT || base > MAX_BASE_PORT) {
      throw new LocalFailure(
          "CPD_PORT_BASE is %d; it must be between %d and %d"
              .formatted(base, MIN_BASE_PORT, MAX_BASE_PORT));
    }
  }

  /** A base whose ports are all free now, far from the default. */
  public static Ports free() {
    Random random = new Random();
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Ports ports = new Ports(random.nextInt(FREE_FROM, FREE_TO));
      if (ports.taken().isEmpty()) {
        return ports;
      }
    }
    throw new LocalFailure("found no free range of ports between 20000 and 32000");
  }

  /** Where a component listens. */
  public int of(Component component) {
    return base + component.portOffset();
  }

  /** The mailbox's SMTP port. */
  public int smtp() {
    return base + SMTP;
  }

  /** Kafka's port for itself. */
  int kafkaController() {
    return base + KAFKA_CONTROLLER;
  }

  /** The control API's. */
  public int control() {
    return base + CONTROL;
  }

  /**
   * Every port must be free.
   *
   * @throws LocalFailure when another program listens on one; it says on which, and what to do
   */
  void requireFree() {
    Map<String, Integer> taken = taken();
    if (!taken.isEmpty()) {
      String list =
          taken.entrySet().stream()
              .map(entry -> entry.getValue() + " (" + entry.getKey() + ")")
              .collect(Collectors.joining(", "));
      throw new LocalFailure(
          """
          another program listens on a port that is needed: %s
          Stop it, or take other ports: CPD_PORT_BASE=%d ./cpd up
          (who it is: ss -ltnp, or lsof -iTCP -sTCP:LISTEN)\
          """
              .formatted(list, Ports.free().base()));
    }
  }

  /** The ports that something else listens on now, by what needs them. */
  Map<String, Integer> taken() {
    Map<String, Integer> taken = new LinkedHashMap<>();
    all()
        .forEach((name, port) -> {
          if (!FreePort.isFree(port)) {
            taken.put(name, port);
          }
        });
    return taken;
  }

  private Map<String, Integer> all() {
    Map<String, Integer> all = new LinkedHashMap<>();
    for (Component component : Component.values()) {
      all.put(component.wireName(), of(component));
    }
    all.put("SMTP", smtp());
    all.put("Kafka's controller", kafkaController());
    all.put("the control API", control());
    return all;
  }
}
