package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.erasure.ForgetEvidence;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureStarted;
import io.cpdevents.contracts.accounts.ProfileEvent.ProfileChanged;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.ErasureAnswered;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.Kept;
import io.cpdevents.contracts.erasure.KeptGround;
import io.cpdevents.contracts.erasure.KeptRecord;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.erasure.AnswerErasures;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.TestErasures;
import io.cpdevents.platform.test.TestTokens;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ErasureIT extends BillingJourney {

  private static final String EMAIL = "quillon@example.org";

  @Autowired AnswerErasures answerErasures;
  @Autowired ForgetEvidence forgetEvidence;

  @Test
  void a_buyer_is_forgotten_here_and_at_stripe_and_the_amounts_stay() {
    Held held = hold("CAD", 10_000);
    facts.tell(new ProfileChanged(held.accountId(), 1, EMAIL, "Quillon", "en-CA", null, true));
    await().atMost(EVENTUALLY).until(() -> count("account_email", held.accountId()) == 1);
    UUID payment = paymentOf(held);
    paid(held, payment);
    String customer =
        jdbc.sql("SELECT stripe_customer_id FROM stripe_customer WHERE account_id = :id")
            .param("id", held.accountId())
            .query(String.class)
            .single();
    assertThat(stripe.show("customers/" + customer).path("email").asString()).isEqualTo(EMAIL);
    String told =
        api.as(INTERNAL)
            .post("/internal/personal-data", Map.of("accountId", held.accountId(), "email", EMAIL))
            .expect(200)
            .plain();
    assertThat(told).contains(payment.toString(), EMAIL, "\"amountMinor\":10000");
    UUID erasure = TestErasures.of(held.accountId(), EMAIL, "Quillon");
    ErasureStarted started = new ErasureStarted(held.accountId(), erasure, clock.instant());

    facts.tell(started);
    facts.tell(started);

    ErasureAnswered answer =
        events.await(ErasureAnswered.class, event -> event.erasureId().equals(erasure));
    assertThat(answer.kept()).containsExactly(new Kept(KeptRecord.PAYMENTS, KeptGround.TAX_LAW));
    assertThat(stripe.show("customers/" + customer).path("deleted").asBoolean()).isTrue();
    assertThat(count("account_email", held.accountId())).isZero();
    assertThat(count("payment", held.accountId())).isOne();
    answerErasures.handle();
    assertThat(
            events.all(ErasureAnswered.class).stream()
                .filter(event -> event.erasureId().equals(erasure)))
        .hasSize(1);
  }

  @Test
  void what_an_organizer_was_answered_says_nothing_any_more_and_their_key_goes_on_counting() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    String path = "/api/v1/payments/" + payment + "/refunds";
    String wanted =
        """
        {"amount": {"amountMinor": 1000, "currency": "CAD"}, "reason": "As agreed with Quillon"}
        """;
    ApiClient organizer =
        api.as(TestTokens.bearer(Ids.next(), Set.of(), Map.of(held.organizationId(), "finance")))
            .withKey(UUID.randomUUID().toString());
    Answer first = organizer.post(path, wanted).expect(202);
    assertThat(storedAnswers()).anyMatch(body -> body.contains("Quillon"));
    UUID erasure = TestErasures.of(held.accountId(), EMAIL, "Quillon");

    facts.tell(new ErasureStarted(held.accountId(), erasure, clock.instant()));

    events.await(ErasureAnswered.class, event -> event.erasureId().equals(erasure));
    assertThat(storedAnswers()).noneMatch(body -> body.contains("Quillon"));
    Answer again = organizer.post(path, wanted).expect(202);
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.text("reason")).isEqualTo("(erased)");
    assertThat(
            jdbc.sql("SELECT count(*) FROM refund WHERE payment_id = :id")
                .param("id", payment)
                .query(Integer.class)
                .single())
        .isOne();
    organizer.post(path, wanted.replace("1000", "2000")).refused(422, "idempotency-key-reused");

    UUID later =
        organizer
            .withKey(UUID.randomUUID().toString())
            .post(path, wanted.replace("As agreed", "Once more"))
            .expect(202)
            .id();
    assertThat(forgetEvidence.handle()).isPositive();
    assertThat(forgetEvidence.handle()).isZero();
    assertThat(
            jdbc.sql("SELECT reason FROM refund WHERE id = :id")
                .param("id", later)
                .query(String.class)
                .single())
        .isEqualTo("(erased)");
  }

  @Test
  void why_money_was_booked_stays_but_for_the_name() {
    UUID account = Ids.next();
    UUID resolution = resolution("Quentin Quillon (the_buyer) paid twice; ask qq@example.org");
    UUID erasure = TestErasures.of(account, "qq@example.org", "quentin quillon");

    facts.tell(new ErasureStarted(account, erasure, clock.instant()));

    events.await(ErasureAnswered.class, event -> event.erasureId().equals(erasure));
    assertThat(
            jdbc.sql("SELECT reason || ' / ' || comment FROM break_resolution WHERE id = :id")
                .param("id", resolution)
                .query(String.class)
                .single())
        .isEqualTo("(erased) (the_buyer) paid twice; ask (erased) / Not (erased) again");
  }

  private UUID resolution(String reason) {
    UUID id = Ids.next();
    jdbc.sql(
            """
            INSERT INTO ledger_break (id, kind, stripe_id, happened_at, currency, amount_minor,
                suggested_action, opened_at, due_at, resolved_at)
            VALUES (:id, 'unknown', :name, :now, 'CAD', 100, 'none', :now, :now, :now)
            """)
        .param("id", id)
        .param("name", "erasure:" + id)
        .param("now", Timestamp.from(clock.instant()))
        .update();
    jdbc.sql(
            """
            INSERT INTO break_resolution (id, break_id, account, currency, amount_minor, reason,
                proposed_by, proposed_at, status, decided_by, decided_at, comment)
            VALUES (:id, :id, 'suspense', 'CAD', 100, :reason, :id, :now, 'rejected', :other, :now,
                'Not Quentin Quillon again')
            """)
        .param("id", id)
        .param("other", Ids.next())
        .param("reason", reason)
        .param("now", Timestamp.from(clock.instant()))
        .update();
    return id;
  }

  private List<String> storedAnswers() {
    return jdbc.sql(
            "SELECT convert_from(body, 'UTF8') AS body FROM api_idempotency WHERE length(body) > 0")
        .query((row, _) -> row.getString("body"))
        .list();
  }

  private int count(String table, UUID accountId) {
    return jdbc.sql("SELECT count(*) FROM " + table + " WHERE account_id = :id")
        .param("id", accountId)
        .query(Integer.class)
        .single();
  }
}
