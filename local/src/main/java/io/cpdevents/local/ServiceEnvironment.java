package io.cpdevents.local;

import io.cpdevents.platform.test.servers.PostgresCluster;
import io.cpdevents.platform.test.servers.ServiceDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The environment variables of each service, in one place. */
final class ServiceEnvironment {

  private static final Map<Component, String> DATABASES =
      new EnumMap<>(
          Map.of(
              Component.ACCOUNTS, "accounts",
              Component.REGISTRATION, "registration",
              Component.BILLING, "billing",
              Component.PAYOUT, "payout",
              Component.NOTIFICATION, "notification",
              Component.STRIPE_SANDBOX, "stripe_sandbox"));

  /** The address of this machine at which services listen, when others shall reach them. */
  private static final String LISTEN = "CPD_LISTEN_ADDRESS";

  private static final String WEBHOOK_SECRET = "whsec_local";
  private static final String CONNECT_WEBHOOK_SECRET = "whsec_local_connect";

  private final LocalOptions options;
  private final Secrets secrets;

  /** What was set after the platform had started. */
  private final Map<Component, Map<String, String>> later = new ConcurrentHashMap<>();

  ServiceEnvironment(LocalOptions options, Secrets secrets) {
    this.options = options;
    this.secrets = secrets;
  }

  /** The databases that PostgreSQL has to hold. */
  List<ServiceDatabase> databases() {
    return DATABASES.values().stream().sorted().map(this::database).toList();
  }

  /** What services show each other to call internal endpoints. */
  String internalToken() {
    return options.settings().getOrDefault("CPD_INTERNAL_TOKEN", secrets.of("internal-token"));
  }

  /** The whole environment of a service started now. */
  Map<String, String> of(Component component, PostgresCluster postgres, long clockOffsetSeconds) {
    Map<String, String> variables = new LinkedHashMap<>();
    Ports ports = options.ports();
    // Known log-ins and a movable clock are for nobody on the network.
    variables.put("SERVER_ADDRESS", options.settings().getOrDefault(LISTEN, "127.0.0.1"));
    variables.put("SERVER_PORT", Integer.toString(ports.of(component)));
    variables.put("SPRING_PROFILES_ACTIVE", "local");
    variables.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + ports.of(Component.KAFKA));
    // The shortest that the broker takes: what a killed process consumed, its successor gets then.
    variables.put("SPRING_KAFKA_CONSUMER_PROPERTIES_SESSION_TIMEOUT_MS", "6000");
    variables.put("SPRING_KAFKA_CONSUMER_PROPERTIES_HEARTBEAT_INTERVAL_MS", "2000");
    String database = DATABASES.get(component);
    if (database != null) {
      ServiceDatabase roles = database(database);
      variables.put("SPRING_DATASOURCE_URL", postgres.jdbcUrl(database));
      variables.put("SPRING_DATASOURCE_USERNAME", roles.runtimeRole());
      variables.put("SPRING_DATASOURCE_PASSWORD", roles.runtimePassword());
      variables.put("SPRING_FLYWAY_USER", roles.owner());
      variables.put("SPRING_FLYWAY_PASSWORD", roles.ownerPassword());
    }
    variables.put("CPD_PUBLIC_URL", "http://localhost:" + ports.of(Component.GATEWAY));
    for (Component service :
        List.of(
            Component.GATEWAY,
            Component.ACCOUNTS,
            Component.REGISTRATION,
            Component.BILLING,
            Component.PAYOUT,
            Component.NOTIFICATION)) {
      variables.put("CPD_" + service.name() + "_URL", "http://127.0.0.1:" + ports.of(service));
    }
    variables.put("CPD_INTERNAL_TOKEN", internalToken());
    variables.put("CPD_CLOCK_OFFSET_SECONDS", Long.toString(clockOffsetSeconds));
    variables.put("CPD_RATE_LIMITS", "relaxed");
    // There is one instance of each: nobody waits for another to take over.
    variables.put("CPD_DRAIN_TIME", "0s");
    variables.putAll(
        switch (component) {
          case ACCOUNTS -> accounts();
          case BILLING, PAYOUT -> stripe();
          case NOTIFICATION ->
              Map.of(
                  "CPD_SMTP_HOST",
                  "127.0.0.1",
                  "CPD_SMTP_PORT",
                  Integer.toString(ports.smtp()),
                  "CPD_MAIL_FROM",
                  "events@cpd.local");
          case STRIPE_SANDBOX -> sandbox();
          case GATEWAY, REGISTRATION, POSTGRES, KAFKA, MAILBOX -> Map.of();
        });
    variables.putAll(options.settings());
    variables.putAll(later.getOrDefault(component, Map.of()));
    return variables;
  }

  /** Sets a variable of a service for all its starts from now on. */
  void set(Component component, String name, String value) {
    later.computeIfAbsent(component, _ -> new ConcurrentHashMap<>()).put(name, value);
  }

  /** People's browsers reach the stand-in for Zoom by a name, as they do its others. */
  private Map<String, String> accounts() {
    String zoom = options.sandboxUrl() + "/zoom";
    return Map.of(
        "CPD_TOKEN_KEY",
        secrets.of("token-key"),
        "CPD_ENCRYPTION_KEYS",
        "local:" + secrets.of("encryption-key"),
        "CPD_ZOOM_CLIENT_ID",
        "zoom_local",
        "CPD_ZOOM_CLIENT_SECRET",
        "zoom_local_secret",
        "CPD_ZOOM_AUTHORIZE_URL",
        "http://localhost:%d/zoom/oauth/authorize"
            .formatted(options.ports().of(Component.STRIPE_SANDBOX)),
        "CPD_ZOOM_OAUTH_URL",
        zoom + "/oauth",
        "CPD_ZOOM_API_URL",
        zoom + "/v2");
  }

  private Map<String, String> stripe() {
    return Map.of(
        "CPD_STRIPE_API_BASE",
        options.sandboxUrl(),
        "CPD_STRIPE_API_KEY",
        "sk_test_local",
        "CPD_STRIPE_WEBHOOK_SECRETS",
        WEBHOOK_SECRET,
        "CPD_STRIPE_CONNECT_WEBHOOK_SECRETS",
        CONNECT_WEBHOOK_SECRET);
  }

  /** Webhooks come in as they do from Stripe: those we subscribed to, through the gateway. */
  private Map<String, String> sandbox() {
    String gateway = "http://127.0.0.1:" + options.ports().of(Component.GATEWAY);
    return Map.of(
        "SANDBOX_PUBLIC_URL",
        "http://localhost:" + options.ports().of(Component.STRIPE_SANDBOX),
        "SANDBOX_WEBHOOK_URL",
        gateway + "/webhooks/stripe",
        "SANDBOX_WEBHOOK_SECRET",
        WEBHOOK_SECRET,
        "SANDBOX_WEBHOOK_EVENTS",
        subscribedEvents(),
        "SANDBOX_CONNECT_WEBHOOK_URL",
        gateway + "/webhooks/stripe-connect",
        "SANDBOX_CONNECT_WEBHOOK_SECRET",
        CONNECT_WEBHOOK_SECRET);
  }

  /** What either endpoint at Stripe is subscribed to: the stand-in has one list for both. */
  private String subscribedEvents() {
    Path list = options.repositoryRoot().resolve("deploy/stripe/webhook-events.txt");
    try {
      return Files.readAllLines(list).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .distinct()
          .collect(Collectors.joining(","));
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + list, e);
    }
  }

  private ServiceDatabase database(String name) {
    return new ServiceDatabase(
        name, secrets.of("database-" + name + "-owner"), secrets.of("database-" + name));
  }
}
