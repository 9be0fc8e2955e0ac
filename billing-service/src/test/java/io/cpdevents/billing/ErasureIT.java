package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.accounts.ErasureEvent.ErasureStarted;
import io.cpdevents.contracts.accounts.ProfileEvent.ProfileChanged;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.ErasureAnswered;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.Kept;
import io.cpdevents.contracts.erasure.KeptGround;
import io.cpdevents.contracts.erasure.KeptRecord;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.erasure.AnswerErasures;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ErasureIT extends BillingJourney {

  private static final String EMAIL = "quillon@example.org";

  @Autowired AnswerErasures answerErasures;

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
    UUID erasure = Ids.next();
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

  private int count(String table, UUID accountId) {
    return jdbc.sql("SELECT count(*) FROM " + table + " WHERE account_id = :id")
        .param("id", accountId)
        .query(Integer.class)
        .single();
  }
}
