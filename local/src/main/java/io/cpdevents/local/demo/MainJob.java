package io.cpdevents.local.demo;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.local.Component;
import io.cpdevents.local.LocalOptions;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * An organization publishes an event, a person registers and pays, the place is confirmed, the mail
 * is there and the books are right. Everything goes through the gateway, as a browser or a program
 * would; new people every time, so it can run again and again.
 */
public final class MainJob {

  /** The password of the people of this story, and of the local profile's own accounts. */
  private static final String DEMO_PASSWORD = "local demo password";

  private static final Pattern TOKEN_IN_LINK = Pattern.compile("#token=([A-Za-z0-9_.~-]+)");
  private static final Pattern CHECKOUT_SESSION = Pattern.compile("cs_[A-Za-z0-9_]+");
  private static final Duration MAIL_WITHIN = Duration.ofSeconds(30);
  private static final Duration EFFECT_WITHIN = Duration.ofSeconds(30);
  private static final Duration PERSON_PAYS_WITHIN = Duration.ofMinutes(15);
  private static final Duration UNTIL_EVENT = Duration.ofDays(60);
  private static final int TICKETS = 2;
  private static final int MINOR_PER_MAJOR = 100;

  private final LocalOptions options;
  private final Instant businessNow;
  private final String run = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

  /**
   * On the platform that was started with these options.
   *
   * @param businessNow the time by the platform's clock
   */
  public MainJob(LocalOptions options, Instant businessNow) {
    this.options = options;
    this.businessNow = businessNow;
  }

  /** Runs and tells it; false when something is not as it has to be. */
  public boolean run(PrintStream out) {
    long began = System.nanoTime();
    Story story = new Story(out);
    try (Api gateway = Api.at(story, url(Component.GATEWAY) + "/api/v1");
        Api mailbox = Api.at(story, url(Component.MAILBOX));
        Api sandbox = Api.at(story, url(Component.STRIPE_SANDBOX))) {
      tellIt(story, gateway, mailbox, sandbox);
      out.printf(
          Locale.ROOT,
          "%nThe main job is done, in %.1f s: a confirmed registration, the mails, the books right.%n",
          Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0);
      return true;
    } catch (Story.Broken broken) {
      out.println("\nTHE DEMO FAILED: " + broken.getMessage());
      out.println("Logs are in " + options.home().resolve("logs"));
      return false;
    }
  }

  private void tellIt(Story story, Api gateway, Api mailbox, Api sandbox) {
    String organizerEmail = "organizer-" + run + "@example.org";
    String attendeeEmail = "attendee-" + run + "@example.org";

    story.step("An organizer signs up and follows the link in the mail");
    Api organizer = signUp(story, gateway, mailbox, organizerEmail, "Olivia Organizer");

    story.step("The organizer founds an organization and publishes an event");
    String organizationId =
        text(organizer.post("/organizations", json("name", "Demo Academy " + run)), "id");
    JsonNode event = publishEvent(story, organizer, organizationId);
    String eventId = text(event, "id");
    String ticketTypeId = ticketTypeOf(event);

    story.step("An attendee signs up and follows the link in the mail");
    Api attendee = signUp(story, gateway, mailbox, attendeeEmail, "Arthur Attendee");

    story.step("The attendee asks the price of two tickets and registers: the places are held");
    JsonNode quote =
        attendee.post(
            "/events/" + eventId + "/quotes",
            "{\"tickets\":[{\"ticketTypeId\":\"%s\",\"quantity\":%d}]}"
                .formatted(ticketTypeId, TICKETS));
    long total = quote.path("total").path("amountMinor").asLong();
    story.check(total == 25_100, "two tickets at 125.50 CAD cost 251.00 CAD");
    JsonNode registration =
        attendee.post(
            "/events/" + eventId + "/registrations", registrationBody(ticketTypeId, attendeeEmail));
    String registrationId = text(registration, "id");
    story.check(
        "held".equals(text(registration, "status")), "the registration is held, not confirmed");

    story.step("The payment is there, and Stripe's page for it");
    JsonNode payment =
        attendee
            .get("/payments?registrationId=" + registrationId + "&waitSeconds=10")
            .path("data")
            .path(0);
    story.check(payment.hasNonNull("id"), "billing-service made a payment for the registration");
    String paymentId = text(payment, "id");
    String checkoutUrl =
        text(
            attendee.post(
                "/payments/" + paymentId + "/checkout",
                "{\"successUrl\":\"%1$s/paid\",\"cancelUrl\":\"%1$s/cancelled\"}"
                    .formatted(url(Component.GATEWAY))),
            "url");

    story.step("The attendee pays with the card 4242 4242 4242 4242");
    pay(story, sandbox, checkoutUrl);

    story.step("The webhook arrives, the place is confirmed, the mail with the tickets is there");
    JsonNode confirmed =
        story.await(
            "the registration is confirmed",
            realStripe() ? PERSON_PAYS_WITHIN : EFFECT_WITHIN,
            () ->
                Optional.of(attendee.ask("/registrations/" + registrationId).body())
                    .filter(seen -> "confirmed".equals(seen.path("status").asString(""))));
    story.tell(
        "%s %s: %s"
            .formatted(
                text(confirmed, "status"),
                confirmed.path("reference").asString(""),
                confirmed
                    .path("tickets")
                    .valueStream()
                    .map(ticket -> ticket.path("attendee").path("name").asString(""))
                    .collect(Collectors.joining(", "))));
    JsonNode mail = mail(story, mailbox, attendeeEmail, 2);
    story.check(
        mail.path("text").asString("").contains(confirmed.path("reference").asString("-none-")),
        "the mail tells the registration's reference");

    story.step("Finance looks at the books");
    lookAtTheBooks(story, gateway, sandbox, paymentId);
  }

  private Api signUp(Story story, Api gateway, Api mailbox, String email, String name) {
    gateway.post(
        "/accounts",
        "{\"email\":\"%s\",\"password\":\"%s\",\"name\":\"%s\"}"
            .formatted(email, DEMO_PASSWORD, name));
    JsonNode mail = mail(story, mailbox, email, 1);
    Matcher link = TOKEN_IN_LINK.matcher(mail.path("text").asString(""));
    story.check(link.find(), "the mail has a link with a token");
    gateway.post("/accounts/verification", json("token", link.group(1)));
    return logIn(story, gateway, email, DEMO_PASSWORD);
  }

  private static Api logIn(Story story, Api gateway, String email, String password) {
    JsonNode session =
        gateway.post(
            "/sessions", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
    story.check(session.hasNonNull("token"), email + " is logged in");
    return gateway.as(text(session, "token"));
  }

  private JsonNode publishEvent(Story story, Api organizer, String organizationId) {
    Instant startsAt = businessNow.plus(UNTIL_EVENT).truncatedTo(ChronoUnit.HOURS);
    String body =
        """
        {"title":"Evidence in practice","description":"A day about what works.","mode":"in-person",\
        "startsAt":"%s","endsAt":"%s","timeZone":"America/Toronto","currency":"CAD","capacity":50,\
        "venue":"Hall 1, Toronto","cpdCredits":6}\
        """
            .formatted(startsAt, startsAt.plus(Duration.ofHours(8)));
    String path = "/organizations/" + organizationId + "/events";
    // Services learn of a new organization a moment after the answer.
    JsonNode event =
        story.await(
            "the organization may have events",
            EFFECT_WITHIN,
            () ->
                Optional.of(organizer.askPost(path, body))
                    .filter(answer -> answer.status() != 404 && answer.status() != 403)
                    .map(answer -> require(answer, path)));
    story.tell("POST " + path + "  " + body);
    String eventId = text(event, "id");
    organizer.post(
        "/events/" + eventId + "/ticket-types",
        "{\"name\":\"Regular\",\"price\":{\"amountMinor\":12550,\"currency\":\"CAD\"}}");
    organizer.post("/events/" + eventId + "/publication", "");
    return organizer.get("/events/" + eventId);
  }

  private static String ticketTypeOf(JsonNode event) {
    String id = event.path("ticketTypes").path(0).path("id").asString("");
    if (id.isEmpty()) {
      throw new Story.Broken("the event shows no ticket types: " + event);
    }
    return id;
  }

  private static String registrationBody(String ticketTypeId, String attendeeEmail) {
    return IntStream.rangeClosed(1, TICKETS)
        .mapToObj(number ->
            "{\"ticketTypeId\":\"%s\",\"attendee\":{\"name\":\"Attendee %d\",\"email\":\"%s\"}}"
                .formatted(ticketTypeId, number, attendeeEmail))
        .collect(Collectors.joining(",", "{\"tickets\":[", "]}"));
  }

  private void pay(Story story, Api sandbox, String checkoutUrl) {
    story.tell("The page that a person would see: " + checkoutUrl);
    if (realStripe()) {
      story.tell("Payments go to Stripe itself: open the page and pay with a test card.");
      return;
    }
    Matcher session = CHECKOUT_SESSION.matcher(checkoutUrl);
    story.check(session.find(), "the page belongs to a checkout session");
    sandbox.post(
        "/_sandbox/checkout-sessions/" + session.group() + "/pay",
        json("card", "4242424242424242"));
  }

  /** The mail number {@code count} of this person, once it is there. */
  private static JsonNode mail(Story story, Api mailbox, String email, int count) {
    String path = "/api/messages?to=" + URLEncoder.encode(email, StandardCharsets.UTF_8);
    JsonNode mail =
        story.await(
            "a mail to " + email,
            MAIL_WITHIN,
            () ->
                Optional.of(mailbox.ask(path).body())
                    .filter(mails -> mails.size() >= count)
                    .map(mails -> mails.path(0)));
    story.tell(
        "\"" + mail.path("subject").asString("") + "\" from " + mail.path("from").asString(""));
    return mail;
  }

  private void lookAtTheBooks(Story story, Api gateway, Api sandbox, String paymentId) {
    String password = options.settings().getOrDefault("CPD_DEMO_PASSWORD", DEMO_PASSWORD);
    Api finance = logIn(story, gateway, "finance@cpd.local", password);
    // Stripe tells what it kept a moment after the payment.
    Map<String, Map<String, Long>> accounts =
        story.await(
            realStripe()
                ? "the ledger knows the payment"
                : "the ledger's account 'stripe' equals the sandbox's balance",
            EFFECT_WITHIN,
            () -> booksWhenRight(finance, sandbox));
    accounts.forEach((currency, amounts) -> {
      story.tell(currency + ":");
      amounts.forEach((account, amount) ->
          story.tell(String.format(Locale.ROOT, "  %-55s %12s", account, amount(amount))));
      story.check(
          amounts.values().stream().mapToLong(Long::longValue).sum() == 0,
          "all accounts in " + currency + " together are 0.00");
    });
    JsonNode journals = finance.get("/finance/journals?limit=20").path("data");
    story.tell("The newest journals, debit positive:");
    for (JsonNode journal : journals) {
      boolean ours = journal.path("businessId").asString("").contains(paymentId);
      story.tell(
          "  %s %s%s"
              .formatted(
                  text(journal, "kind"),
                  text(journal, "businessId"),
                  ours ? "   ← this payment" : ""));
      long sum = 0;
      for (JsonNode posting : journal.path("postings")) {
        sum += posting.path("amountMinor").asLong();
        story.tell(
            String.format(
                Locale.ROOT,
                "    %-53s %12s %s",
                text(posting, "account"),
                amount(posting.path("amountMinor").asLong()),
                text(posting, "currency")));
      }
      if (sum != 0) {
        throw new Story.Broken("a journal does not sum to zero: " + journal);
      }
    }
    story.check(
        journals
            .valueStream()
            .anyMatch(journal -> journal.path("businessId").asString("").contains(paymentId)),
        "this payment's journal is among them and each sums to zero");
  }

  /** Account balances by currency once the platform's Stripe account is equal on both sides. */
  private Optional<Map<String, Map<String, Long>>> booksWhenRight(Api finance, Api sandbox) {
    Api.Answer answer = finance.ask("/finance/accounts");
    Map<String, Map<String, Long>> accounts = new TreeMap<>();
    for (JsonNode line : require(answer, "/finance/accounts").path("data")) {
      accounts
          .computeIfAbsent(text(line, "currency"), currency -> new TreeMap<>())
          .merge(text(line, "account"), line.path("amountMinor").asLong(), Long::sum);
    }
    if (accounts.isEmpty()) {
      return Optional.empty();
    }
    if (realStripe()) {
      return Optional.of(accounts);
    }
    for (JsonNode balance : sandbox.ask("/_sandbox/state").body().path("balances")) {
      String currency = text(balance, "currency").toUpperCase(Locale.ROOT);
      Long ledger = accounts.getOrDefault(currency, Map.of()).getOrDefault("stripe", 0L);
      if (ledger != balance.path("total").asLong()) {
        return Optional.empty();
      }
    }
    boolean allSeen =
        accounts.values().stream()
            .allMatch(amounts -> amounts.getOrDefault("awaiting-stripe", 0L) == 0);
    return allSeen ? Optional.of(accounts) : Optional.empty();
  }

  private static JsonNode require(Api.Answer answer, String path) {
    if (answer.status() < 200 || answer.status() > 299) {
      throw new Story.Broken(
          "%s was answered with %d: %s".formatted(path, answer.status(), answer.body()));
    }
    return answer.body();
  }

  private static String amount(long minor) {
    return String.format(
        Locale.ROOT,
        "%s%d.%02d",
        minor < 0 ? "-" : "",
        Math.abs(minor) / MINOR_PER_MAJOR,
        Math.abs(minor) % MINOR_PER_MAJOR);
  }

  private static String text(JsonNode node, String field) {
    String text = node.path(field).asString("");
    if (text.isEmpty()) {
      throw new Story.Broken("'%s' is missing in %s".formatted(field, node));
    }
    return text;
  }

  private static String json(String field, String value) {
    return Objects.requireNonNull(ContractsJson.mapper().writeValueAsString(Map.of(field, value)));
  }

  private boolean realStripe() {
    return options.usesRealStripe();
  }

  private String url(Component component) {
    return "http://localhost:" + options.ports().of(component);
  }
}
