package io.cpdevents.e2e.chaos;

import static org.awaitility.Awaitility.await;

import io.cpdevents.e2e.SharedPlatform;
import io.cpdevents.local.LocalPlatform;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** The platform under attack, with an organization and a few people on it. */
final class Stage {

  /** The password of the platform's own people in the local profile. */
  private static final String STAFF_PASSWORD = "local demo password";

  private static final Pattern VERIFICATION_LINK = Pattern.compile("#token=([^\\s\"<&]+)");
  private static final Duration MAIL_WITHIN = Duration.ofSeconds(60);
  private static final Duration UNTIL_EVENT = Duration.ofDays(60);
  private static final Duration EVENT_LASTS = Duration.ofHours(3);
  private static final int BUYERS = 4;
  private static final String CURRENCY = "CAD";

  /** Somebody with a session. */
  record Guest(String email, Wire api) {}

  /** One mail in the mailbox. */
  record Mail(String messageId, String subject, String text) {}

  /** An event that people can register for. */
  record Offer(String eventId, String ticketTypeId) {
    String registrationsPath() {
      return "/api/v1/events/" + eventId + "/registrations";
    }
  }

  private final LocalPlatform platform;
  private final Random random;
  private final Wire gateway;
  private final Guest owner;
  private final Guest finance;
  private final Guest admin;
  private final String organizationId;
  private final List<Guest> buyers;

  private Stage(LocalPlatform platform, long seed) {
    this.platform = platform;
    this.random = new Random(seed);
    this.gateway = Wire.to(platform.gatewayUrl());
    this.owner = signUp("owner@chaos.example", "Olga Owner");
    this.organizationId =
        owner
            .api()
            .insistOnPosting("/api/v1/organizations", Map.of("name", "Institute of Chaos"))
            .json()
            .get("id")
            .asString();
    await()
        .atMost(MAIL_WITHIN)
        .until(() ->
            owner.api().get("/api/v1/organizations/" + organizationId + "/events").status() == 200);
    this.finance = logIn("finance@cpd.local", STAFF_PASSWORD);
    this.admin = logIn("admin@cpd.local", STAFF_PASSWORD);
    this.buyers =
        IntStream.range(0, BUYERS)
            .mapToObj(i -> signUp("buyer" + i + "@chaos.example", "Bea Buyer"))
            .toList();
  }

  /** The one of this run. */
  static Stage shared() {
    return Shared.STAGE;
  }

  LocalPlatform platform() {
    return platform;
  }

  Wire gateway() {
    return gateway;
  }

  Wire stripe() {
    return Wire.to(platform.sandboxUrl());
  }

  /** What decides everything that is left to chance. */
  Random random() {
    return random;
  }

  Guest finance() {
    return finance;
  }

  Guest admin() {
    return admin;
  }

  Guest owner() {
    return owner;
  }

  String organizationId() {
    return organizationId;
  }

  List<Guest> buyers() {
    return buyers;
  }

  Offer publish(int places, long priceMinor) {
    var startsAt =
        InstantSource.system()
            .instant()
            .plusSeconds(platform.clockOffsetSeconds())
            .plus(UNTIL_EVENT)
            .truncatedTo(ChronoUnit.SECONDS);
    String eventId =
        owner
            .api()
            .insistOnPosting(
                "/api/v1/organizations/" + organizationId + "/events",
                Map.of(
                    "title",
                    "Sutures in a storm",
                    "mode",
                    "in-person",
                    "startsAt",
                    startsAt,
                    "endsAt",
                    startsAt.plus(EVENT_LASTS),
                    "timeZone",
                    "America/Toronto",
                    "currency",
                    CURRENCY,
                    "capacity",
                    places,
                    "venue",
                    "Hall 1"))
            .json()
            .get("id")
            .asString();
    String path = "/api/v1/events/" + eventId;
    String ticketTypeId =
        owner
            .api()
            .insistOnPosting(
                path + "/ticket-types",
                Map.of(
                    "name",
                    "Regular",
                    "price",
                    Map.of("amountMinor", priceMinor, "currency", CURRENCY)))
            .json()
            .get("id")
            .asString();
    owner.api().insistOnPosting(path + "/publication", Map.of());
    return new Offer(eventId, ticketTypeId);
  }

  /** Signs up, follows the link in the mail and logs in. */
  Guest signUp(String email, String name) {
    String password = "correct horse " + UUID.randomUUID();
    gateway.insistOnPosting(
        "/api/v1/accounts",
        Map.of("email", email, "password", password, "name", name, "locale", "en-CA"));
    String token =
        await("the link for " + email)
            .atMost(MAIL_WITHIN)
            .until(
                () ->
                    mailsTo(email).stream()
                        .map(mail -> VERIFICATION_LINK.matcher(mail.text()))
                        .filter(Matcher::find)
                        .map(found -> found.group(1))
                        .toList(),
                tokens -> !tokens.isEmpty())
            .getFirst();
    gateway.now("POST", "/api/v1/accounts/verification", Map.of("token", token)).expect(204);
    return logIn(email, password);
  }

  List<Mail> mailsTo(String address) {
    JsonNode listed =
        Wire.to(platform.mailboxUrl())
            .get(
                "/api/messages?limit=1000&to=" + URLEncoder.encode(address, StandardCharsets.UTF_8))
            .expect(200)
            .json();
    List<Mail> mails = new ArrayList<>();
    for (JsonNode mail : listed) {
      mails.add(
          new Mail(
              mail.path("messageId").asString(""),
              mail.get("subject").asString(),
              mail.get("text").asString()));
    }
    return mails;
  }

  /** Rows as text. */
  List<List<String>> query(String database, String sql) {
    try (Connection connection = platform.postgres().connect(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<String>> rows = new ArrayList<>();
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          String value = result.getString(i);
          row.add(value == null ? "" : value);
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(database + ": " + sql, e);
    }
  }

  private Guest logIn(String email, String password) {
    String token =
        gateway
            .now("POST", "/api/v1/sessions", Map.of("email", email, "password", password))
            .expect(201)
            .json()
            .get("token")
            .asString();
    return new Guest(email, gateway.bearing(token));
  }

  private static final class Shared {
    private static final Stage STAGE = start();

    // The seed is what a person needs to repeat a run.
    @SuppressWarnings("SystemOut")
    private static Stage start() {
      long seed = Long.getLong("chaos.seed", new Random().nextInt(1_000_000));
      System.out.printf("chaos: -Dchaos.seed=%d repeats what is left to chance%n", seed);
      return new Stage(SharedPlatform.get(), seed);
    }
  }
}
