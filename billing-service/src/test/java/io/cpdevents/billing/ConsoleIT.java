package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.billing.reconciliation.FollowBalance;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.TestTokens;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Shares the database of {@link ClosedDaysIT}. */
@TestPropertySource(properties = "cpd.test.database=closed-days")
class ConsoleIT extends BillingJourney {

  private static final String MARKUP = "<script>alert(1)</script>";

  @Autowired FollowBalance followBalance;

  private final UUID anna = Ids.next();
  private final UUID ben = Ids.next();

  /** What Stripe books is at once old enough to be followed. */
  @BeforeEach
  void stripe_is_an_hour_behind() {
    stripe.setClock(clock.instant().minus(Duration.ofHours(1)));
  }

  @Test
  void whoever_has_no_session_is_asked_to_log_in() {
    for (String page :
        new String[] {"", "/", "/breaks", "/figures", "/explanations", "/anything", "/any/thing"}) {
      Answer answer = api.get("/finance" + page).expect(401);
      assertThat(answer.header("Content-Type")).as(page).isEqualTo("text/html;charset=UTF-8");
      assertThat(answer.plain()).as(page).contains("Log in", "name=\"password\"");
    }
    assertThat(api.get("/finance/assets/finance.js").expect(200).plain()).contains("data-call");
    assertThat(api.get("/finance/assets/finance.css").expect(200).plain()).contains("--page");
  }

  @Test
  void pages_are_for_finance_and_explanations_for_support_too() {
    String support = TestTokens.bearer(Ids.next(), Set.of("platform-support"), Map.of());
    for (String page : new String[] {"", "/breaks", "/figures", "/explanations/account/stripe"}) {
      Answer answer = get("/finance" + page, support).expect(403);
      assertThat(answer.plain()).as(page).contains("Your role does not allow this");
    }
    assertThat(get("/finance/explanations", support).expect(200).plain())
        .contains("Why is a figure what it is?");
    get("/finance/explanations", TestTokens.bearer(Ids.next())).expect(403);
  }

  @Test
  void what_is_not_there_or_not_understood_is_told_as_a_page() {
    assertThat(page("/breaks/" + Ids.next(), anna, 404)).contains("break-not-found");
    assertThat(page("/days/1999-01-01", anna, 404)).contains("reconciliation-not-found");
    assertThat(page("/explanations/payment/nothing", anna, 404)).contains("explanation-not-found");
    for (String nowhere : new String[] {"/anything", "/any/thing", "/days", "/breaks/"}) {
      assertThat(page(nowhere, anna, 404)).as(nowhere).contains("not-found");
    }
    assertThat(page("/", anna, 200)).contains("/finance/days/");
    for (String malformed :
        new String[] {"?month=soon", "?month=9999-12", "/breaks?status=odd", "/days/today"}) {
      assertThat(page(malformed, anna, 400)).as(malformed).contains("invalid-request");
    }
  }

  @Test
  void a_break_offers_each_person_what_that_person_can_do() {
    String transaction = stripe.book("adjustment", -200, "cad");
    followBalance.handle();
    UUID id = breakAbout(transaction);
    assertThat(page("/breaks", anna, 200)).contains("/finance/breaks/" + id, transaction);
    assertThat(page("/breaks/" + id, anna, 200))
        .contains("Propose what it is", "stripe-fees", "-2.00&nbsp;CAD")
        .doesNotContain("Approve and post", "Take it back");
    post(
            "/api/v1/finance/breaks/" + id + "/resolution",
            finance(anna),
            "{\"account\": \"stripe-fees\", \"reason\": \"%s\"}".formatted(MARKUP))
        .expect(202);
    assertThat(page("/breaks/" + id, anna, 200))
        .contains("Take it back", "&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("Approve and post", "Propose what it is", MARKUP);
    assertThat(page("/breaks/" + id, ben, 200))
        .contains("Approve and post", "Reject")
        .doesNotContain("Take it back", "Propose what it is");
    assertThat(page("/breaks?status=proposed", ben, 200)).contains("/finance/breaks/" + id);
    approve("/api/v1/finance/breaks/" + id, finance(ben)).expect(200);
    assertThat(page("/breaks/" + id, ben, 200))
        .contains("<strong>approved</strong>")
        .doesNotContain("Approve and post", "Take it back", "Propose what it is");
    assertThat(page("/breaks?status=resolved", ben, 200)).contains("/finance/breaks/" + id);
  }

  @Test
  void days_figures_and_explanations_show_what_the_ledger_has() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.refundInDashboard(intent, 4_000);
    awaitSum("stripe", payment, 10_000 - 320 - 4_000);
    stripe.book("adjustment", -300, "cad");
    followBalance.handle();
    String today = clock.instant().toString().substring(0, 10);

    assertThat(page("", anna, 200)).contains("/finance/days/" + today, "break");
    assertThat(page("/days/" + today, anna, 200)).contains("Reconcile now", "CAD", "Open:");
    assertThat(page("/figures", anna, 200))
        .contains("Platform fees", "<rect", today.substring(0, 7) + " Refunds: ");
    assertThat(page("/explanations/payment/" + payment, anna, 200))
        .contains("60.00&nbsp;CAD", "40.00&nbsp;CAD", stripe.chargeOf(intent), "<details open");
  }

  private String page(String path, UUID person, int status) {
    Answer answer = get("/finance" + path, finance(person)).expect(status);
    assertThat(answer.header("Content-Type")).startsWith("text/html");
    return answer.plain().replace("\u00a0", "&nbsp;");
  }

  private static String finance(UUID account) {
    return TestTokens.bearer(account, Set.of("platform-finance"), Map.of());
  }
}
