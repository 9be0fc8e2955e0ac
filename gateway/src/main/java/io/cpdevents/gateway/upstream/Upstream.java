package io.cpdevents.gateway.upstream;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The services behind the gateway. */
public enum Upstream {
  ACCOUNTS,
  REGISTRATION,
  BILLING,
  PAYOUT,
  NOTIFICATION;

  private final String serviceName = name().toLowerCase(Locale.ROOT);

  /** As in configuration, metrics and {@code /api/v1/ops/{service}}. */
  public String serviceName() {
    return serviceName;
  }

  /** The service with this name; null when there is none. */
  public static @Nullable Upstream named(String serviceName) {
    return Arrays.stream(values())
        .filter(upstream -> upstream.serviceName.equals(serviceName))
        .findFirst()
        .orElse(null);
  }
}
