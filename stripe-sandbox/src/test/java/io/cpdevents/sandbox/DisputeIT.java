package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.Refund;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.DisputeListParams;
import com.stripe.param.DisputeRetrieveParams;
import com.stripe.param.DisputeUpdateParams;
import com.stripe.param.DisputeUpdateParams.Evidence;
import com.stripe.param.RefundCreateParams;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DisputeIT extends RunningSandbox {
  private static final String FOUR_MONTHS = "{\"seconds\": 10368000}";
  private static final String THREE_WEEKS = "{\"seconds\": 1900800}";

  @Test
  void a_chargeback_withdraws_its_amount_and_a_fee_at_once() throws Exception {
    Charge charge = paidCharge(10_000, PAYS);
    RECEIVER.forget();

    Dispute dispute = dispute(charge, "{\"reason\": \"product_not_received\"}");

    assertThat(dispute.getStatus()).isEqualTo("needs_response");
    assertThat(dispute.getAmount()).isEqualTo(10_000);
    assertThat(dispute.getReason()).isEqualTo("product_not_received");
    assertThat(dispute.getPaymentIntent()).isEqualTo(charge.getPaymentIntent());
    assertThat(dispute.getIsChargeRefundable()).isFalse();
    assertThat(dispute.getPaymentMethodDetails().getCard().getCaseType()).isEqualTo("chargeback");
    assertThat(dispute.getPaymentMethodDetails().getCard().getNetworkReasonCode())
        .isEqualTo("13.1");
    BalanceTransaction withdrawal = dispute.getBalanceTransactions().getFirst();
    assertThat(withdrawal.getType()).isEqualTo("adjustment");
    assertThat(withdrawal.getReportingCategory()).isEqualTo("dispute");
    assertThat(withdrawal.getAmount()).isEqualTo(-10_000);
    assertThat(withdrawal.getFee()).isEqualTo(1_500);
    assertThat(withdrawal.getNet()).isEqualTo(-11_500);
    assertThat(withdrawal.getSource()).isEqualTo(dispute.getId());
    assertThat(client().v1().charges().retrieve(charge.getId()).getDisputed()).isTrue();
    assertThat(onlyBalance().get("total").longValue()).isEqualTo(10_000 - 320 - 11_500);
    assertSumsAgree();
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().size() == 2);
    assertThat(RECEIVER.types())
        .containsExactlyInAnyOrder("charge.dispute.created", "charge.dispute.funds_withdrawn");
    assertThat(
            client()
                .v1()
                .disputes()
                .list(
                    DisputeListParams.builder().setPaymentIntent(charge.getPaymentIntent()).build())
                .getData())
        .extracting(Dispute::getId)
        .containsExactly(dispute.getId());
  }

  @Test
  void a_won_dispute_reinstates_the_money_without_the_fee() throws Exception {
    Charge charge = paidCharge(10_000, PAYS);
    Dispute dispute = dispute(charge, "{}");
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains("charge.dispute.created"));
    RECEIVER.forget();

    decide(dispute, "{\"outcome\": \"won\"}");

    Dispute won = find(dispute);
    assertThat(won.getStatus()).isEqualTo("won");
    assertThat(won.getIsChargeRefundable()).isTrue();
    BalanceTransaction reversal = won.getBalanceTransactions().get(1);
    assertThat(reversal.getReportingCategory()).isEqualTo("dispute_reversal");
    assertThat(reversal.getNet()).isEqualTo(10_000);
    assertThat(onlyBalance().get("total").longValue()).isEqualTo(10_000 - 320 - 1_500);
    assertThat(onlyBalance().get("disputesWithdrawn").longValue()).isEqualTo(10_000);
    assertThat(onlyBalance().get("disputesReinstated").longValue()).isEqualTo(10_000);
    assertSumsAgree();
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() ->
            RECEIVER.types().contains("charge.dispute.funds_reinstated")
                && RECEIVER.types().contains("charge.dispute.closed"));
    assertThat(decide(dispute, "{\"outcome\": \"lost\"}").status()).isEqualTo(400);
    assertThat(refund(charge, null).getAmount()).isEqualTo(10_000);
  }

  @Test
  void the_fee_follows_the_settings_and_is_returned_if_they_say_so() throws Exception {
    lever("PUT", "settings", "{\"disputeFeeMinor\": 2000, \"disputeFeeReturned\": true}");
    Dispute dispute = dispute(paidCharge(10_000, PAYS), "{}");
    assertThat(dispute.getBalanceTransactions().getFirst().getFee()).isEqualTo(2_000);

    decide(dispute, "{\"outcome\": \"won\"}");

    assertThat(find(dispute).getBalanceTransactions().get(1).getNet()).isEqualTo(12_000);
    assertSumsAgree();
    lever("PUT", "settings", "{\"disputeFeeMinor\": 0}");
    Dispute free = dispute(paidCharge(10_000, PAYS), "{}");
    assertThat(free.getBalanceTransactions().getFirst().getFeeDetails()).isEmpty();
    assertThat(lever("PUT", "settings", "{\"disputeFeeMinor\": -1}").status()).isEqualTo(400);
  }

  @Test
  void a_part_may_be_reinstated_and_the_rest_cannot_be_refunded() throws Exception {
    Charge charge = paidCharge(10_000, PAYS);
    Dispute dispute = dispute(charge, "{}");
    assertThat(decide(dispute, "{\"outcome\": \"won\", \"reinstatedMinor\": 10001}").status())
        .isEqualTo(400);

    decide(dispute, "{\"outcome\": \"won\", \"reinstatedMinor\": 4000}");

    assertThat(find(dispute).getBalanceTransactions().get(1).getAmount()).isEqualTo(4_000);
    assertThatThrownBy(() -> refund(charge, 4_001L)).hasMessageContaining("greater than");
    assertThat(refund(charge, null).getAmount()).isEqualTo(4_000);
    assertSumsAgree();
  }

  @Test
  void a_lost_dispute_may_be_won_the_day_after() throws Exception {
    Charge charge = paidCharge(10_000, PAYS);
    Dispute dispute = dispute(charge, "{}");
    decide(dispute, "{\"outcome\": \"lost\"}");
    assertThat(find(dispute).getStatus()).isEqualTo("lost");
    assertThat(find(dispute).getBalanceTransactions()).hasSize(1);
    assertRefundIsRefused(charge);
    lever("POST", "clock/advance", "{\"seconds\": 86400}");

    decide(dispute, "{\"outcome\": \"won\"}");

    assertThat(find(dispute).getStatus()).isEqualTo("won");
    assertThat(find(dispute).getBalanceTransactions()).hasSize(2);
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.events("charge.dispute.closed").size() == 2);
    assertThat(refund(charge, null).getAmount()).isEqualTo(10_000);
    assertSumsAgree();
  }

  @Test
  void
      a_charge_cannot_be_refunded_while_a_chargeback_is_open_and_the_undisputed_rest_can_afterwards()
          throws Exception {
    Charge charge = paidCharge(10_000, PAYS);
    Dispute dispute = dispute(charge, "{\"amountMinor\": 3000}");
    assertRefundIsRefused(charge);
    assertThat(
            lever("POST", "refunds", "{\"chargeId\": \"%s\"}".formatted(charge.getId())).status())
        .isEqualTo(400);

    client().v1().disputes().close(dispute.getId());

    assertThatThrownBy(() -> refund(charge, 7_001L)).hasMessageContaining("greater than");
    assertThat(refund(charge, null).getAmount()).isEqualTo(7_000);
    assertRefundIsRefused(charge);
    assertSumsAgree();
  }

  private void assertRefundIsRefused(Charge charge) {
    assertThatThrownBy(() -> refund(charge, 100L))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo("charge_disputed");
              assertThat(e.getMessage()).contains("has been charged back");
            });
  }

  @Test
  void a_dispute_is_about_the_amount_that_is_not_refunded_or_the_given_amount() throws Exception {
    Charge partly = paidCharge(10_000, PAYS);
    refund(partly, 2_500L);
    assertThat(dispute(partly, "{}").getAmount()).isEqualTo(7_500);
    Charge charge = paidCharge(10_000, PAYS);

    Dispute larger = dispute(charge, "{\"amountMinor\": 10250}");
    Dispute foreign = dispute(charge, "{\"amountMinor\": 700, \"currency\": \"usd\"}");

    assertThat(larger.getBalanceTransactions().getFirst().getAmount()).isEqualTo(-10_250);
    assertThat(foreign.getCurrency()).isEqualTo("usd");
    assertThat(foreign.getBalanceTransactions().getFirst().getCurrency()).isEqualTo("usd");
    assertThat(state().get("balances")).hasSize(2);
    assertSumsAgree();
    decide(foreign, "{\"outcome\": \"won\", \"reinstatedMinor\": 300}");
    decide(larger, "{\"outcome\": \"lost\"}");
    assertSumsAgree();
    assertRefundIsRefused(charge);
    Charge refunded = paidCharge(1_000, PAYS);
    refund(refunded, null);
    assertThat(lever("POST", "charges/" + refunded.getId() + "/disputes", "{}").status())
        .isEqualTo(400);
  }

  @Test
  void payments_with_some_test_cards_are_disputed() throws Exception {
    Session fraud = createSession(5_000);
    Session nothing = createSession(5_000);
    Session inquiry = createSession(5_000);
    pay(fraud, "4000000000000259");
    pay(nothing, "4000000000002685");
    pay(inquiry, "4000000000001976");

    assertThat(client().v1().disputes().list().getData())
        .extracting(Dispute::getStatus)
        .containsExactly("warning_needs_response");
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> client().v1().disputes().list().getData().size() == 3);

    assertThat(client().v1().disputes().list().getData())
        .extracting(Dispute::getReason)
        .contains("fraudulent", "product_not_received");
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> state().get("chargesAwaitingBalanceTransaction").asInt() == 0);
    assertSumsAgree();
  }

  @Test
  void an_inquiry_withdraws_nothing_and_is_closed_after_its_time() throws Exception {
    Charge charge = paidCharge(5_000, PAYS);
    Dispute inquiry = dispute(charge, "{\"inquiry\": true, \"reason\": \"unrecognized\"}");
    assertThat(inquiry.getStatus()).isEqualTo("warning_needs_response");
    assertThat(inquiry.getPaymentMethodDetails().getCard().getCaseType()).isEqualTo("inquiry");
    assertThat(inquiry.getBalanceTransactions()).isEmpty();
    assertThat(inquiry.getIsChargeRefundable()).isTrue();
    assertThat(refund(charge, 1_000L).getStatus()).isEqualTo("succeeded");

    lever("POST", "clock/advance", THREE_WEEKS);
    assertThat(find(inquiry).getStatus()).isEqualTo("warning_needs_response");
    lever("POST", "clock/advance", FOUR_MONTHS);

    assertThat(find(inquiry).getStatus()).isEqualTo("warning_closed");
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains("charge.dispute.closed"));
    assertThat(refund(charge, null).getAmount()).isEqualTo(4_000);
  }

  @Test
  void a_full_refund_closes_an_inquiry() throws Exception {
    Charge charge = paidCharge(5_000, PAYS);
    Dispute inquiry = dispute(charge, "{\"inquiry\": true}");

    refund(charge, 4_000L);
    assertThat(find(inquiry).getStatus()).isEqualTo("warning_needs_response");
    refund(charge, null);

    assertThat(find(inquiry).getStatus()).isEqualTo("warning_closed");
    assertThat(find(inquiry).getIsChargeRefundable()).isFalse();
    assertThat(client().v1().charges().retrieve(charge.getId()).getAmountRefunded())
        .isEqualTo(5_000);
    assertSumsAgree();
  }

  @Test
  void an_escalated_inquiry_withdraws_its_whole_amount_whatever_was_refunded() throws Exception {
    Charge charge = paidCharge(5_000, PAYS);
    Dispute inquiry = dispute(charge, "{\"inquiry\": true}");
    submit(inquiry, "We know them.");
    assertThat(find(inquiry).getStatus()).isEqualTo("warning_under_review");
    refund(charge, 1_000L);

    assertThat(lever("POST", "disputes/" + inquiry.getId() + "/escalation", "").status())
        .isEqualTo(200);

    Dispute chargeback = find(inquiry);
    assertThat(chargeback.getStatus()).isEqualTo("needs_response");
    assertThat(chargeback.getPaymentMethodDetails().getCard().getCaseType())
        .isEqualTo("chargeback");
    assertThat(chargeback.getBalanceTransactions().getFirst().getNet()).isEqualTo(-6_500);
    assertRefundIsRefused(charge);
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() ->
            RECEIVER.types().contains("charge.dispute.updated")
                && RECEIVER.types().contains("charge.dispute.funds_withdrawn"));
    submit(chargeback, "We still know them.");
    assertThat(find(inquiry).getEvidenceDetails().getSubmissionCount()).isEqualTo(2);
    assertThat(lever("POST", "disputes/" + inquiry.getId() + "/escalation", "").status())
        .isEqualTo(400);
    assertSumsAgree();
  }

  @Test
  void a_pending_refund_fails_when_a_chargeback_is_opened() throws Exception {
    lever("PUT", "settings", "{\"refundsNeedBalance\": true}");
    Charge charge = paidCharge(5_000, PAYS);
    Refund pending = refund(charge, 2_000L);

    dispute(charge, "{\"amountMinor\": 5000}");

    Refund failed = client().v1().refunds().retrieve(pending.getId());
    assertThat(failed.getStatus()).isEqualTo("failed");
    assertThat(failed.getFailureReason()).isEqualTo("charge_for_pending_refund_disputed");
    assertThat(client().v1().charges().retrieve(charge.getId()).getAmountRefunded()).isZero();
    assertRefundIsRefused(charge);
    assertSumsAgree();
  }

  @Test
  void a_prevented_dispute_is_closed_from_the_beginning() throws Exception {
    Charge charge = paidCharge(5_000, PAYS);

    Dispute prevented = dispute(charge, "{\"prevented\": true}");

    assertThat(prevented.getStatus()).isEqualTo("prevented");
    assertThat(prevented.getBalanceTransactions()).isEmpty();
    assertThat(decide(prevented, "{\"outcome\": \"won\"}").status()).isEqualTo(400);
    assertThat(refund(charge, null).getStatus()).isEqualTo("succeeded");
    assertSumsAgree();
  }

  @ParameterizedTest
  @CsvSource({"4242424242424242, 7", "5555555555554444, 21", "378282246310005, 14"})
  void a_dispute_without_an_answer_in_time_is_lost(String card, int days) throws Exception {
    Dispute dispute = dispute(paidCharge(5_000, card), "{}");
    long dueBy = dispute.getEvidenceDetails().getDueBy();
    assertThat(dueBy % 86_400).isEqualTo(86_399);
    assertThat(dueBy / 86_400 - dispute.getCreated() / 86_400).isEqualTo(days);
    advanceTo(dueBy - 60);
    assertThat(find(dispute).getStatus()).isEqualTo("needs_response");

    lever("POST", "clock/advance", "{\"seconds\": 61}");

    Dispute lost = find(dispute);
    assertThat(lost.getStatus()).isEqualTo("lost");
    assertThat(lost.getEvidenceDetails().getPastDue()).isFalse();
    assertThat(lost.getEvidenceDetails().getSubmissionCount()).isZero();
    assertThat(lost.getBalanceTransactions()).hasSize(1);
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains("charge.dispute.closed"));
    assertThatThrownBy(() -> submit(dispute, "Too late."))
        .hasMessageContaining("This dispute is already closed");
    assertThatThrownBy(() -> client().v1().disputes().close(dispute.getId()))
        .hasMessageContaining("This dispute is already closed");
  }

  private void advanceTo(long epochSecond) {
    long seconds = epochSecond - Instant.now().getEpochSecond();
    lever("POST", "clock/advance", "{\"seconds\": %d}".formatted(seconds));
  }

  @Test
  void a_dispute_that_accepts_no_response_refuses_evidence() throws Exception {
    Dispute dispute = dispute(paidCharge(5_000, PAYS), "{\"respondable\": false}");
    assertThat(dispute.getEvidenceDetails().getDueBy()).isNull();

    assertThatThrownBy(() -> submit(dispute, "But we did."))
        .isInstanceOf(InvalidRequestException.class);

    lever("POST", "clock/advance", FOUR_MONTHS);
    assertThat(find(dispute).getStatus()).isEqualTo("needs_response");
  }

  @Test
  void evidence_is_staged_until_it_is_submitted_which_is_final() throws Exception {
    Dispute dispute = dispute(paidCharge(5_000, PAYS), "{}");
    assertThatThrownBy(() -> update(dispute, DisputeUpdateParams.builder().setSubmit(true)))
        .hasMessageContaining("no evidence");
    RECEIVER.forget();

    Dispute staged =
        update(
            dispute,
            DisputeUpdateParams.builder()
                .setSubmit(false)
                .setEvidence(Evidence.builder().setCustomerName("Ann").build()));
    assertThat(staged.getStatus()).isEqualTo("needs_response");
    assertThat(staged.getEvidenceDetails().getHasEvidence()).isTrue();
    assertThat(staged.getEvidenceDetails().getSubmissionCount()).isZero();
    Dispute described =
        update(dispute, DisputeUpdateParams.builder().putMetadata("disputeId", "d-1"));
    assertThat(described.getStatus()).isEqualTo("needs_response");
    Dispute submitted = update(dispute, DisputeUpdateParams.builder().setSubmit(true));

    assertThat(submitted.getStatus()).isEqualTo("under_review");
    assertThat(submitted.getEvidence().getCustomerName()).isEqualTo("Ann");
    assertThat(submitted.getMetadata()).containsEntry("disputeId", "d-1");
    assertThat(submitted.getEvidenceDetails().getSubmissionCount()).isEqualTo(1);
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> RECEIVER.events("charge.dispute.updated").size() == 3);
    assertThatThrownBy(() -> submit(dispute, "One more thing."))
        .hasMessageContaining("submitted already");
    assertThatThrownBy(() -> client().v1().disputes().close(dispute.getId()))
        .hasMessageContaining("under review");
    update(dispute, DisputeUpdateParams.builder().putMetadata("seen", "yes"));
    lever("POST", "clock/advance", FOUR_MONTHS);
    assertThat(find(dispute).getStatus()).isEqualTo("under_review");
  }

  @ParameterizedTest
  @CsvSource({
    "false, winning_evidence, won, 2",
    "false, losing_evidence, lost, 1",
    "true, winning_evidence, warning_closed, 0",
    "true, losing_evidence, warning_closed, 0",
    "true, escalate_inquiry_evidence, needs_response, 1"
  })
  void in_test_mode_the_bank_decides_by_a_keyword_in_the_evidence(
      boolean inquiry, String text, String status, int transactions) throws Exception {
    Dispute dispute = dispute(paidCharge(5_000, PAYS), "{\"inquiry\": %s}".formatted(inquiry));

    Dispute submitted = submit(dispute, "Here is the " + text + " you asked for.");
    assertThat(submitted.getStatus()).endsWith("under_review");

    await().atMost(MAX_WAIT_TIME).until(() -> find(dispute).getStatus().equals(status));
    assertThat(find(dispute).getBalanceTransactions()).hasSize(transactions);
    assertSumsAgree();
  }

  @Test
  void a_dispute_can_be_accepted() throws Exception {
    Dispute chargeback = dispute(paidCharge(5_000, PAYS), "{}");
    Dispute inquiry = dispute(paidCharge(5_000, PAYS), "{\"inquiry\": true}");

    assertThat(client().v1().disputes().close(chargeback.getId()).getStatus()).isEqualTo("lost");
    assertThat(client().v1().disputes().close(inquiry.getId()).getStatus())
        .isEqualTo("warning_closed");
    assertThatThrownBy(() -> client().v1().disputes().close("du_none"))
        .isInstanceOfSatisfying(
            InvalidRequestException.class, e -> assertThat(e.getStatusCode()).isEqualTo(404));
  }

  @Test
  void evidence_has_limits_and_its_files_exist() throws Exception {
    Dispute dispute = dispute(paidCharge(5_000, PAYS), "{}");
    String path = "/v1/disputes/" + dispute.getId();

    assertParam(path, "evidence[receipt]=file_none", "evidence[receipt]");
    assertParam(path, "evidence[customer_name]=" + "x".repeat(5_001), "evidence[customer_name]");
    assertParam(
        path, "evidence[uncategorized_text]=" + "x".repeat(20_001), "evidence[uncategorized_text]");
    assertParam(
        path,
        "evidence[enhanced_evidence][visa_compliance][fee_acknowledged]=true",
        "evidence[enhanced_evidence]");
    assertThat(
            send(form(path, "submit=false&evidence[uncategorized_text]=" + "x".repeat(20_000)))
                .status())
        .isEqualTo(200);
    assertThat(find(dispute).getEvidenceDetails().getHasEvidence()).isTrue();
    assertThat(send(form(path, "submit=false&evidence[uncategorized_text]=")).status())
        .isEqualTo(200);
    assertThat(find(dispute).getEvidenceDetails().getHasEvidence()).isFalse();
  }

  private void assertParam(String path, String form, String param) {
    Answer answer = send(form(path, form));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("error").get("param").asString()).isEqualTo(param);
  }

  @Test
  void of_two_concurrent_submissions_of_evidence_one_succeeds() throws Exception {
    Dispute dispute = dispute(paidCharge(5_000, PAYS), "{}");
    RequestOptions key = RequestOptions.builder().setIdempotencyKey("evidence:1").build();
    DisputeUpdateParams params =
        DisputeUpdateParams.builder()
            .setEvidence(Evidence.builder().setUncategorizedText("They were here.").build())
            .build();

    Dispute first = client().v1().disputes().update(dispute.getId(), params, key);
    Dispute second = client().v1().disputes().update(dispute.getId(), params, key);

    assertThat(second.getEvidenceDetails().getSubmissionCount()).isEqualTo(1);
    assertThat(second.getStatus()).isEqualTo(first.getStatus());
  }

  @Test
  void a_request_for_a_dispute_that_another_one_locks_gets_lock_timeout() throws Exception {
    Dispute dispute = dispute(paidCharge(5_000, PAYS), "{}");
    try (Connection other = TestPostgres.running().database().getConnection()) {
      other.setAutoCommit(false);
      try (PreparedStatement lock =
          other.prepareStatement("SELECT 1 FROM stripe_object WHERE id = ? FOR UPDATE")) {
        lock.setString(1, dispute.getId());
        lock.execute();
      }
      assertThatThrownBy(() -> client().v1().disputes().close(dispute.getId()))
          .isInstanceOfSatisfying(
              RateLimitException.class, e -> assertThat(e.getCode()).isEqualTo("lock_timeout"));
      String lever = "disputes/" + dispute.getId() + "/decision";
      assertThat(leverOnce("POST", lever, "{\"outcome\": \"won\"}").status()).isEqualTo(429);
      other.rollback();
    }
    assertThat(client().v1().disputes().close(dispute.getId()).getStatus()).isEqualTo("lost");
  }

  @Test
  void a_lost_answer_about_a_dispute_is_replayed_for_its_key() throws Exception {
    Dispute dispute = dispute(paidCharge(5_000, PAYS), "{}");
    String path = "/v1/disputes/" + dispute.getId() + "/close";
    lever(
        "PUT",
        "faults",
        "[{\"path\": \"%s\", \"times\": 1, \"kind\": \"drop-after\"}]".formatted(path));

    send(form(path, "").header("Idempotency-Key", "close:1"));
    Answer again = send(form(path, "").header("Idempotency-Key", "close:1"));

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().get("status").asString()).isEqualTo("lost");
  }

  @Test
  void events_of_disputes_can_be_dropped_and_duplicated() throws Exception {
    Charge charge = paidCharge(5_000, PAYS);
    lever(
        "PUT",
        "webhook-faults",
        "{\"drop\": true, \"types\": [\"charge.dispute.funds_withdrawn\"]}");
    dispute(charge, "{\"amountMinor\": 1000}");
    lever(
        "PUT",
        "webhook-faults",
        "{\"duplicate\": true, \"types\": [\"charge.dispute.funds_withdrawn\"]}");
    dispute(charge, "{\"amountMinor\": 1000}");

    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> RECEIVER.events("charge.dispute.funds_withdrawn").size() == 2);
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> RECEIVER.events("charge.dispute.created").size() == 2);
    assertThat(RECEIVER.events("charge.dispute.funds_withdrawn"))
        .extracting(Event::getId)
        .containsOnly(RECEIVER.events("charge.dispute.funds_withdrawn").getFirst().getId());
  }

  @Test
  void the_objects_that_a_dispute_refers_to_can_be_expanded() throws Exception {
    Charge charge = paidCharge(5_000, PAYS);
    Dispute dispute = dispute(charge, "{}");

    Dispute expanded =
        client()
            .v1()
            .disputes()
            .retrieve(
                dispute.getId(),
                DisputeRetrieveParams.builder()
                    .addExpand("charge")
                    .addExpand("payment_intent")
                    .build());

    assertThat(expanded.getChargeObject().getDisputed()).isTrue();
    assertThat(expanded.getPaymentIntentObject().getAmount()).isEqualTo(5_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"reason\": \"bad_mood\"}",
        "{\"amountMinor\": 0}",
        "{\"currency\": \"xyz\"}",
        "{\"dueInDays\": 6}",
        "{\"dueInDays\": 22}",
        "{\"inquiry\": true, \"prevented\": true}",
        "{\"nonsense\": true}"
      })
  void a_dispute_with_invalid_values_is_refused(String body) throws Exception {
    Charge charge = paidCharge(5_000, PAYS);

    assertThat(lever("POST", "charges/" + charge.getId() + "/disputes", body).status())
        .isEqualTo(400);
    assertThat(lever("POST", "charges/ch_none/disputes", "{}").status()).isEqualTo(404);
    assertThat(client().v1().disputes().list().getData()).isEmpty();
  }

  private Dispute dispute(Charge charge, String body) throws StripeException {
    JsonNode dispute = lever("POST", "charges/" + charge.getId() + "/disputes", body).json();
    return client().v1().disputes().retrieve(dispute.get("id").asString());
  }

  private Dispute find(Dispute dispute) throws StripeException {
    return client().v1().disputes().retrieve(dispute.getId());
  }

  private Answer decide(Dispute dispute, String body) {
    return lever("POST", "disputes/" + dispute.getId() + "/decision", body);
  }

  private Dispute submit(Dispute dispute, String text) throws StripeException {
    return update(
        dispute,
        DisputeUpdateParams.builder()
            .setEvidence(Evidence.builder().setUncategorizedText(text).build()));
  }

  private Dispute update(Dispute dispute, DisputeUpdateParams.Builder params)
      throws StripeException {
    return client().v1().disputes().update(dispute.getId(), params.build());
  }

  private Refund refund(Charge charge, @Nullable Long amount) throws StripeException {
    RefundCreateParams.Builder params = RefundCreateParams.builder().setCharge(charge.getId());
    if (amount != null) {
      params.setAmount(amount);
    }
    return client().v1().refunds().create(params.build());
  }
}
