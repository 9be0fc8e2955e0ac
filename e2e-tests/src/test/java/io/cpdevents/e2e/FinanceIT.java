package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.Payout;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Api;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What finance and support do with figures. */
@Journey
class FinanceIT {

  private static final String FINANCE = "/api/v1/finance";

  private static final int PHONE_PIXELS = 390;
  private static final int DESKTOP_PIXELS = 1_280;

  /** Younger transactions are left to the webhooks. */
  private static final Duration UNTIL_FOLLOWED = Duration.ofMinutes(5);

  @Test
  void support_asks_why_a_payout_is_3412_87_and_the_tree_answers(World world) {
    Payouts.othersHaveMoney(world);
    Organization organization = world.anOrganization();
    organization.connects().isCompleted();
    PublishedEvent event = Payouts.soonOver(organization, 3_593_02);
    Payment paid = bought(world, event);
    Payment givenBack = bought(world, event);
    givenBack.isRefundedBy(organization.owner(), 3_593_02, "Ill on the day").becomes("succeeded");
    world.await("it is told", () -> organization.balanceMinor("pending") == 3_412_87);
    world.leaps(Payouts.UNTIL_RELEASE);
    Payout payout = organization.asksForPayout().becomes("in-transit");
    String path = "/explanations/payout/" + payout.id();

    JsonNode tree = world.support().api().get(FINANCE + path).expect(200).data().get(0);

    assertThat(amount(tree)).isEqualTo(3_412_87);
    assertThat(all(tree)).allSatisfy(FinanceIT::addsUp);
    assertThat(all(tree).filter(node -> kind(node).equals("difference"))).isEmpty();
    assertThat(tree.path("children").valueStream().map(FinanceIT::told))
        .containsExactlyInAnyOrder(
            "A buyer has paid: 341287",
            "A buyer has paid: 341287",
            "A refund was promised to the buyer: -341287");
    assertThat(all(tree).filter(node -> kind(node).equals("ticket")).map(FinanceIT::amount))
        .containsExactlyInAnyOrder(3_593_02L, 3_593_02L, -3_593_02L);
    assertThat(all(tree).map(FinanceIT::told))
        .anyMatch(told -> told.contains("5 % and 0.50 CAD for each paid ticket"))
        .anyMatch(told -> told.startsWith("Refunded to the buyer"));
    assertThat(all(tree).map(node -> node.path("stripeId").asString("")))
        .contains(paid.chargeAtStripe(), givenBack.chargeAtStripe())
        .anyMatch(id -> id.startsWith("re_"))
        .anyMatch(id -> id.startsWith("po_"));
    String own = "/api/v1/organizations/" + organization.id();
    assertThat(organization.owner().api().get(own + path).expect(200).data().get(0))
        .isEqualTo(tree);
    JsonNode balance =
        organization
            .owner()
            .api()
            .get(own + "/explanations/organization-balance")
            .expect(200)
            .data()
            .get(0);
    assertThat(amount(balance)).isEqualTo(3_412_87);
    assertThat(all(balance)).allSatisfy(FinanceIT::addsUp);
    assertThat(all(balance).filter(node -> kind(node).equals("ticket"))).hasSize(3);
  }

  private static Payment bought(World world, PublishedEvent event) {
    return world
        .somebody("Paula Payer")
        .registersFor(event, 1)
        .isPaid()
        .becomes("confirmed")
        .payment()
        .isBookedAtStripe();
  }

  @Test
  void finance_finds_a_movement_that_nobody_explains_and_two_people_resolve_it(World world) {
    Person finance = world.finance();
    LocalDate today = LocalDate.ofInstant(world.now(), ZoneOffset.UTC);
    String given = world.stripe().moves("adjustment", 7_00, "cad");
    world.passes(UNTIL_FOLLOWED);

    JsonNode day =
        finance
            .api()
            .post(FINANCE + "/reconciliations", Map.of("date", today.toString()))
            .expect(200)
            .json();

    assertThat(day.path("status").asString()).isEqualTo("open");
    String dayPath = FINANCE + "/reconciliations/" + today;
    assertThat(finance.api().get(dayPath).expect(200).text("date")).isEqualTo(today.toString());
    assertThat(finance.api().get(dayPath + "/lines").status())
        .as("it is not closed")
        .isEqualTo(409);
    String path = FINANCE + "/breaks/" + breakAbout(world, given).path("id").asString();
    Map<String, String> asFee =
        Map.of("account", "stripe-fees", "reason", "A fee that Stripe gave back");
    world
        .controller()
        .api()
        .post(
            path + "/rejection",
            Map.of("resolutionId", proposed(finance, path, asFee), "reason", "Ask Stripe"))
        .expect(200);
    finance.api().post(path + "/resolution", asFee).expect(202);
    finance.api().delete(path + "/resolution").expect(200);
    assertThat(finance.api().get(path).expect(200).text("status")).isEqualTo("open");
    Map<String, String> seen = Map.of("resolutionId", proposed(finance, path, asFee));
    assertThat(finance.api().post(path + "/approval", seen).code()).isEqualTo("four-eyes");
    world.controller().api().post(path + "/approval", seen).expect(200);

    JsonNode tree =
        finance
            .api()
            .get(FINANCE + "/explanations/balance-transaction/" + given)
            .expect(200)
            .data()
            .get(0);
    assertThat(amount(tree)).isEqualTo(7_00);
    assertThat(tree.path("children").valueStream().map(node -> node.path("id").asString()))
        .containsExactly("stripe-fees");
    world.invariants().hold();
  }

  @Test
  void finance_has_an_object_of_stripe_settled_once_more(World world) {
    Registration paid =
        world
            .somebody("Pia Payer")
            .registersFor(world.anOrganization().publishes(5, 40_00), 1)
            .isPaid()
            .becomes("confirmed");
    Api finance = world.finance().api().with("Idempotency-Key", UUID.randomUUID().toString());
    String settlements = "/api/v1/ops/billing/settlements";
    Map<String, String> charge =
        Map.of("kind", "charge", "subjectId", paid.payment().chargeAtStripe());

    UUID settled = finance.post(settlements, charge).expect(201).id();

    assertThat(finance.get(settlements + "/" + settled).expect(200).text("subjectId"))
        .isEqualTo(paid.payment().chargeAtStripe());
    finance.post(settlements + "/" + settled + "/replay", Map.of()).expect(201);
    assertThat(paid.status()).isEqualTo("confirmed");
  }

  @Test
  void a_break_is_resolved_by_two_people_on_the_pages_alone(World world) {
    String given = world.stripe().moves("adjustment", 5_00, "cad");
    world.passes(UNTIL_FOLLOWED);
    String today = LocalDate.ofInstant(world.now(), ZoneOffset.UTC).toString();
    world.finance().api().post(FINANCE + "/reconciliations", Map.of("date", today)).expect(200);
    String pages = world.address().gatewayUrl() + "/finance";

    try (Browser anna = new Browser();
        Browser ben = new Browser()) {
      opensLoggedIn(world, anna, world.finance(), pages + "/days/" + today);
      anna.presses("Reconcile now");
      world.await("it is reconciled", () -> anna.shows("Open: the day is not over"));
      String page = pages + "/breaks/" + breakAbout(world, given).path("id").asString();
      anna.opens(page);
      anna.types("account", "no-account");
      anna.types("reason", "A fee that Stripe gave back");
      anna.presses("Propose");
      world.await("it is told what is wrong", () -> anna.shows("account: wrong type"));
      anna.opens(page);
      anna.types("account", "stripe-fees");
      anna.types("reason", "A fee that Stripe gave back");
      anna.presses("Propose");
      world.await("a second person has to decide", () -> anna.shows("You have proposed this"));
      opensLoggedIn(world, ben, world.controller(), page);
      ben.presses("Approve and post");
      world.await("it is resolved", () -> ben.shows("5.00 CAD to stripe-fees approved"));
      ben.presses("Log out");
      world.await("nobody is logged in", () -> ben.shows("These pages are for people with a role"));
    }
    world.invariants().hold();
  }

  /** The id of a resolution that a person proposes. */
  private static String proposed(Person finance, String path, Map<String, String> resolution) {
    JsonNode found = finance.api().post(path + "/resolution", resolution).expect(202).json();
    return found.at("/resolutions/0/id").asString();
  }

  @Test
  void two_people_resolve_a_break_and_read_a_tree_in_chromium_with_the_keyboard_alone(World world) {
    Path chromium = Chromium.requireProgram();
    String given = world.stripe().moves("adjustment", 6_00, "cad");
    world.passes(UNTIL_FOLLOWED);
    String today = LocalDate.ofInstant(world.now(), ZoneOffset.UTC).toString();
    world.finance().api().post(FINANCE + "/reconciliations", Map.of("date", today)).expect(200);
    String pages = world.address().gatewayUrl() + "/finance";
    String page = pages + "/breaks/" + breakAbout(world, given).path("id").asString();

    try (Chromium anna = Chromium.start(chromium);
        Chromium ben = Chromium.start(chromium)) {
      anna.isWide(PHONE_PIXELS);
      logsInByKeyboard(world, anna, world.finance(), page);
      anna.tabsTo("[name=account]");
      anna.types("stripe-fees");
      anna.tabsTo("[name=reason]");
      anna.types("A fee that Stripe gave back");
      anna.tabsTo("form[data-call] button");
      anna.presses("Enter");
      world.await("a second person has to decide", () -> anna.shows("You have proposed this"));
      ben.isWide(DESKTOP_PIXELS);
      logsInByKeyboard(world, ben, world.controller(), page);
      ben.tabsTo("form[data-call*=approval] button");
      ben.presses("Enter");
      world.await("it is resolved", () -> ben.shows("6.00 CAD to stripe-fees approved"));

      for (Chromium browser : List.of(anna, ben)) {
        browser.opens(pages + "/explanations/balance-transaction/" + given);
        assertThat(browser.shows("What Stripe keeps for payments")).isTrue();
        browser.tabsTo("summary");
        browser.presses("Enter");
        browser.awaits("!document.querySelector('.tree details').open");
        for (String path : List.of("", "/breaks", "/days/" + today, "/figures", "/explanations")) {
          browser.opens(pages + path);
          browser.keepsPicture(
              Path.of("target", "pages", browser.width() + path.replace('/', '-') + ".png"));
          assertThat(
                  browser
                      .evaluate(
                          "document.documentElement.scrollWidth -"
                              + " document.documentElement.clientWidth")
                      .asInt())
              .as(path + " needs no scrolling to the side")
              .isZero();
        }
        assertThat(browser.faults()).isEmpty();
      }
    }
    world.invariants().hold();
  }

  private static void logsInByKeyboard(World world, Chromium browser, Person person, String page) {
    browser.opens(page);
    browser.tabsTo("[name=email]");
    browser.types(person.email());
    browser.tabsTo("[name=password]");
    browser.types(world.address().staffPassword());
    browser.presses("Enter");
    world.await("the page is there", () -> !browser.shows("Password"));
    browser.awaits("document.readyState === 'complete'");
  }

  private static void opensLoggedIn(World world, Browser browser, Person person, String page) {
    browser.opens(page);
    browser.types("email", person.email());
    browser.types("password", world.address().staffPassword());
    browser.presses("Log in");
    world.await("the page is there", () -> !browser.shows("Password"));
  }

  private static JsonNode breakAbout(World world, String stripeId) {
    return world
        .finance()
        .api()
        .get(FINANCE + "/breaks?limit=100")
        .expect(200)
        .data()
        .valueStream()
        .filter(each -> each.path("stripeId").asString().equals(stripeId))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<JsonNode> all(JsonNode node) {
    return Stream.concat(
        Stream.of(node), node.path("children").valueStream().flatMap(FinanceIT::all));
  }

  private static void addsUp(JsonNode node) {
    if (!node.path("children").isEmpty()) {
      assertThat(node.path("children").valueStream().mapToLong(FinanceIT::amount).sum())
          .as(node.toString())
          .isEqualTo(amount(node));
    }
  }

  private static String told(JsonNode node) {
    return node.path("label").asString() + ": " + amount(node);
  }

  private static long amount(JsonNode node) {
    return node.path("amount").path("amountMinor").asLong();
  }

  private static String kind(JsonNode node) {
    return node.path("kind").asString();
  }
}
