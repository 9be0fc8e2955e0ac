package io.cpdevents.local.demo;

import io.cpdevents.driver.Cancellation;
import io.cpdevents.driver.Card;
import io.cpdevents.driver.Checkout;
import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.Ledger;
import io.cpdevents.driver.Mail;
import io.cpdevents.driver.NotAsExpected;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.Payout;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Quote;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.World;
import io.cpdevents.driver.invariants.Invariant;
import io.cpdevents.local.LocalAddress;
import io.cpdevents.local.LocalOptions;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * An organization publishes an event, a person registers and pays, the places are confirmed, one is
 * cancelled and refunded, the mails are there and the books are right; after the event the
 * organization is paid, and reads its statement. Everything goes through the gateway, as a browser
 * or a program would; new people every time, so it can run again and again.
 */
public final class MainJob {

  private static final String PASSWORD = "local demo password";
  private static final Duration MAX_EFFECT_TIME = Duration.ofSeconds(30);
  private static final Duration MAX_PERSON_TIME = Duration.ofMinutes(15);
  private static final Duration UNTIL_EVENT = Duration.ofDays(4);
  private static final Duration UNTIL_NEXT_EVENT = Duration.ofDays(60);
  private static final Duration EVENT_LASTS = Duration.ofHours(7);
  private static final Duration UNTIL_RELEASE = Duration.ofDays(7);
  private static final Duration UNTIL_ARRIVAL = Duration.ofDays(6);
  private static final int PLACES = 50;
  private static final int TICKETS = 2;
  private static final long PRICE_MINOR = 125_50;
  private static final int MINOR_PER_MAJOR = 100;

  private final LocalOptions options;

  /** On the platform that was started with these options. */
  public MainJob(LocalOptions options) {
    this.options = options;
  }

  /** Runs and tells it; false when something is not as it has to be. */
  public boolean run(PrintStream out) {
    long began = System.nanoTime();
    Story story = new Story(out);
    try (World world = World.at(new LocalAddress(options)).heardBy(story)) {
      tellIt(story, world);
      out.printf(
          Locale.ROOT,
          "%nThe main job is done, in %.1f s: a paid registration, a refunded ticket, a payout with its statement, the mails, the books right.%n",
          Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0);
      return true;
    } catch (NotAsExpected broken) {
      out.println("\nTHE DEMO FAILED: " + broken.getMessage());
      out.println("Logs are in " + options.home().resolve("logs"));
      return false;
    }
  }

  private void tellIt(Story story, World world) {
    story.step("An organizer signs up and follows the link in the mail");
    Person organizer = world.somebody("Olivia Organizer", PASSWORD);

    story.step("The organizer founds an organization and publishes an event");
    Organization academy = organizer.founds("Demo Academy");
    PublishedEvent event = publishEvent(academy, "Evidence in practice", UNTIL_EVENT);

    story.step("An attendee signs up and follows the link in the mail");
    Person attendee = world.somebody("Arthur Attendee", PASSWORD);

    story.step("The attendee asks the price of two tickets and registers: the places are held");
    Quote quote = Quote.askedBy(attendee, event, TICKETS);
    story.check(quote.totalMinor() == 251_00, "two tickets at 125.50 CAD cost 251.00 CAD");
    Registration registration = attendee.registersFor(event, TICKETS);
    story.check(
        registration.statusAtFirst().equals("held"), "the registration is held, not confirmed");

    story.step("The payment is there, and Stripe's page for it");
    Payment payment = registration.payment();
    Checkout checkout = payment.checkout();

    story.step("The attendee pays with the card 4242 4242 4242 4242");
    pay(story, checkout);

    story.step("The webhook arrives, the place is confirmed, the mail with the tickets is there");
    world.await(
        "the registration is confirmed",
        Wait.atMost(options.usesRealStripe() ? MAX_PERSON_TIME : MAX_EFFECT_TIME),
        () -> registration.status().equals("confirmed"));
    JsonNode confirmed = registration.view();
    story.tell(
        "confirmed %s: %s"
            .formatted(
                registration.reference(),
                confirmed
                    .path("tickets")
                    .valueStream()
                    .map(ticket -> ticket.path("attendee").path("name").asString())
                    .collect(Collectors.joining(", "))));
    Mail mail = world.mailbox().awaitMail(attendee.email(), "Your tickets for");
    story.tell("\"%s\" from %s".formatted(mail.subject(), mail.from()));
    story.check(
        mail.text().contains(registration.reference()),
        "the mail tells the registration's reference");
    story.check(
        confirmed
            .path("tickets")
            .valueStream()
            .allMatch(ticket -> mail.text().contains(ticket.path("code").asString())),
        "the mail has the code of every ticket");

    story.step("Finance looks at the books");
    lookAtTheBooks(story, world, "this payment", List.of(payment.id().toString()));

    story.step("The attendee cancels one of the tickets, after being told what goes back");
    cancelOneTicket(story, registration);

    story.step("Stripe gives the money back, and the mails about it are there");
    awaitRefund(story, world, payment);

    story.step("Finance looks at the books again");
    lookAtTheBooks(story, world, "this refund", refundIds(payment));

    // Nobody can move Stripe's own clock.
    if (!options.usesRealStripe()) {
      story.step("A colleague registers as well, and pays");
      world
          .somebody("Clara Colleague", PASSWORD)
          .registersFor(event, TICKETS)
          .isPaid()
          .becomes("confirmed");
      payOut(story, world, academy);
    }

    story.step("Your turn: a registration that waits to be paid, in a browser");
    PublishedEvent next = publishEvent(academy, "Evidence in practice, again", UNTIL_NEXT_EVENT);
    handOver(story, attendee.registersFor(next, 1));
    if (!options.usesRealStripe()) {
      story.step("And a plan, which ends as time passes");
      handOver(story, academy.triesProfessional());
    }
  }

  private static PublishedEvent publishEvent(Organization academy, String title, Duration fromNow) {
    Instant startsAt = academy.world().now().plus(fromNow).truncatedTo(ChronoUnit.HOURS);
    return EventDraft.of(academy, PLACES)
        .with("title", title)
        .with("description", "A day about what works.")
        .with("startsAt", startsAt)
        .with("endsAt", startsAt.plus(EVENT_LASTS))
        .with("venue", "Hall 1, Toronto")
        .with("cpdCredits", 6)
        .publishedAt(PRICE_MINOR);
  }

  private static void payOut(Story story, World world, Organization academy) {
    story.step("The organization tells Stripe where it is paid");
    academy.connects().isCompleted();

    story.step("The event takes place, and a week later what it earned is available");
    awaitHolding(world, List.of(Invariant.BALANCES_ARE_THE_LEDGERS));
    long earned = academy.balanceMinor("pending");
    world.passes(UNTIL_EVENT.plus(EVENT_LASTS).plus(UNTIL_RELEASE));
    story.tell("It is %s now.".formatted(world.now()));
    story.check(academy.balanceMinor("available") == earned, amount(earned) + " CAD are available");

    story.step("The organization asks to be paid, and some days later the money is at its bank");
    Payout payout = academy.asksForPayout().becomes("in-transit");
    world.passes(UNTIL_ARRIVAL);
    payout.becomes("paid");
    world.await("it is paid out", () -> academy.balanceMinor("paidOut") == earned);
    story.tell(amount(earned) + " CAD are paid out.");

    story.step("The statement tells what exactly was paid");
    tellStatement(story, payout);
  }

  private static void tellStatement(Story story, Payout payout) {
    JsonNode statement = payout.statement();
    long sum = 0;
    for (JsonNode line : statement.path("lines")) {
      long net = minor(line, "net");
      sum += net;
      story.tell(
          String.format(
              Locale.ROOT,
              "  %-12s %-12s %-22s %9s %9s %9s",
              line.path("kind").asString(),
              line.path("reference").asString(""),
              line.path("eventTitle").asString(""),
              amount(minor(line, "gross")),
              amount(minor(line, "platformFee")),
              amount(net)));
    }
    story.check(
        sum == minor(statement.path("totals"), "net") && sum == payout.amountMinor(),
        "its lines add up to the %s CAD that were paid".formatted(amount(sum)));
    story.tell("As CSV or PDF: the same address with Accept: text/csv or application/pdf");
  }

  private static long minor(JsonNode object, String field) {
    return object.path(field).path("amountMinor").asLong();
  }

  private static void handOver(Story story, Registration registration) {
    registration.payment();
    String gateway = registration.world().address().gatewayUrl();
    story.tell("Open    " + gateway + "/registrations/" + registration.id());
    story.tell("log-in  " + registration.buyer().email() + "      password: " + PASSWORD);
    story.tell("Pay within 30 minutes, read the mails, and cancel what you have paid.");
  }

  private static void handOver(Story story, Organization academy) {
    String gateway = academy.world().address().gatewayUrl();
    story.tell("Open    " + gateway + "/organizations/" + academy.id() + "/subscription");
    story.tell("log-in  " + academy.owner().email() + "      password: " + PASSWORD);
    story.tell("./cpd clock advance 15d ends the trial, in half a minute: without a card on Free.");
    story.tell(
        "With the card 4000 0000 0000 0341, which is declined when it is charged, 15d more are");
    story.tell(
        "Stripe's attempts and the grace, and 15d more end the plan. The mails tell each step.");
  }

  private static void cancelOneTicket(Story story, Registration registration) {
    Cancellation cancellation =
        registration.cancellation().ofTickets(List.of(registration.ticketIds().getLast()));
    story.check(
        cancellation.preview().refundMinor() == PRICE_MINOR,
        "by the refund policy all of its 125.50 CAD goes back");
    JsonNode tickets = cancellation.done().view().path("tickets");
    story.check(
        tickets
            .valueStream()
            .map(ticket -> ticket.path("status").asString())
            .sorted()
            .toList()
            .equals(List.of("cancelled", "valid")),
        "one ticket is cancelled, the other one is valid");
  }

  private static void awaitRefund(Story story, World world, Payment payment) {
    world.await(
        "the refund has succeeded",
        Wait.atMost(MAX_EFFECT_TIME),
        () -> payment.refundedMinor() == PRICE_MINOR);
    for (String subject : List.of("Tickets for", "Your refund for")) {
      Mail mail = world.mailbox().awaitMail(payment.buyer().email(), subject);
      story.tell("\"%s\"".formatted(mail.subject()));
      story.check(mail.text().contains("125.50"), "the mail tells the amount");
    }
  }

  private static List<String> refundIds(Payment payment) {
    return payment
        .view()
        .path("refunds")
        .valueStream()
        .map(refund -> refund.path("id").asString())
        .toList();
  }

  private void pay(Story story, Checkout checkout) {
    story.tell("The page that a person would see: " + checkout.url());
    if (options.usesRealStripe()) {
      story.tell("Payments go to Stripe itself: open the page and pay with a test card.");
    } else {
      checkout.paysWith(Card.PAYS);
    }
  }

  /** Tells what is on each account, and the journals about these objects. */
  private void lookAtTheBooks(Story story, World world, String what, List<String> ids) {
    // Stripe tells what it kept a moment after the payment.
    if (!options.usesRealStripe()) {
      awaitHolding(
          world,
          List.of(
              Invariant.STRIPE_IS_QUIET,
              Invariant.LEDGER_IS_STRIPES_BALANCE,
              Invariant.PASSING_ACCOUNTS_ARE_EMPTY));
    }
    Ledger.of(world)
        .currencies()
        .forEach((currency, accounts) -> {
          story.tell(currency + ":");
          accounts.forEach((account, amount) ->
              story.tell(String.format(Locale.ROOT, "  %-55s %12s", account, amount(amount))));
          story.check(
              accounts.values().stream().mapToLong(Long::longValue).sum() == 0,
              "all accounts in " + currency + " together are 0.00");
        });
    JsonNode journals =
        world.finance().api().get("/api/v1/finance/journals?limit=20").expect(200).data();
    story.tell("The newest journals, debit positive:");
    journals.forEach(journal -> tellJournal(story, journal, isOf(ids, journal) ? what : ""));
    story.check(
        journals.valueStream().anyMatch(journal -> isOf(ids, journal)),
        "the journal of " + what + " is among them and each sums to zero");
  }

  private static void awaitHolding(World world, List<Invariant> invariants) {
    for (Invariant invariant : invariants) {
      world.await(invariant.sentence(), () -> invariant.violations(world).isEmpty());
    }
  }

  private static void tellJournal(Story story, JsonNode journal, String what) {
    story.tell(
        "  %s %s%s"
            .formatted(
                journal.path("kind").asString(),
                journal.path("businessId").asString(),
                what.isEmpty() ? "" : "   ← " + what));
    long sum = 0;
    for (JsonNode posting : journal.path("postings")) {
      long amount = posting.path("amountMinor").asLong();
      sum += amount;
      story.tell(
          String.format(
              Locale.ROOT,
              "    %-53s %12s %s",
              posting.path("account").asString(),
              amount(amount),
              posting.path("currency").asString()));
    }
    if (sum != 0) {
      throw new NotAsExpected("a journal does not sum to zero: " + journal);
    }
  }

  private static boolean isOf(List<String> ids, JsonNode journal) {
    return ids.stream().anyMatch(journal.path("businessId").asString("")::contains);
  }

  private static String amount(long minor) {
    return String.format(
        Locale.ROOT,
        "%s%d.%02d",
        minor < 0 ? "-" : "",
        Math.abs(minor) / MINOR_PER_MAJOR,
        Math.abs(minor) % MINOR_PER_MAJOR);
  }
}
