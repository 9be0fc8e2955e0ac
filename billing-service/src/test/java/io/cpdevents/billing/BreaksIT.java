package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.disputes.SettleDispute;
import io.cpdevents.billing.finance.MeasureLedger;
import io.cpdevents.billing.ledger.BookCharge;
import io.cpdevents.billing.ledger.BookDispute;
import io.cpdevents.billing.ledger.BookInvoiceRefund;
import io.cpdevents.billing.ledger.BookPayout;
import io.cpdevents.billing.ledger.BookRefund;
import io.cpdevents.billing.ledger.BookTransfer;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.Journal;
import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.billing.ledger.JournalReferences;
import io.cpdevents.billing.ledger.Ledger;
import io.cpdevents.billing.ledger.Postings;
import io.cpdevents.billing.ledger.ResolveBreak;
import io.cpdevents.billing.organizations.WatchFunds;
import io.cpdevents.billing.reconciliation.FollowBalance;
import io.cpdevents.billing.refunds.SendDueRefunds;
import io.cpdevents.billing.refunds.SendRefund;
import io.cpdevents.billing.refunds.SettleRefund;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.contracts.billing.LedgerEvent.OrganizationEntryPosted;
import io.cpdevents.contracts.billing.RefundEvent.RefundSucceeded;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.platform.test.sandbox.StripeConnection.Failure;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Shares the database of {@link ReconciledDays}. */
@TestPropertySource(properties = "cpd.test.database=closed-days")
class BreaksIT extends BillingJourney {

  private static final String TO_FEES =
      "{\"account\": \"stripe-fees\", \"reason\": \"Stripe's fee for Radar\"}";

  @Autowired FollowBalance followBalance;
  @Autowired MeasureLedger measureLedger;
  @Autowired MeterRegistry metrics;
  @Autowired ResolveBreak resolveBreak;
  @Autowired TransactionTemplate transaction;
  @Autowired Ledger ledger;
  @Autowired SendDueRefunds sendDueRefunds;
  @Autowired SendRefund sendRefund;
  @Autowired SettleDispute settleDispute;
  @Autowired SettleRefund settleRefund;
  @Autowired BookCharge bookCharge;
  @Autowired BookInvoiceRefund bookInvoiceRefund;
  @Autowired BookRefund bookRefund;
  @Autowired BookDispute bookDispute;
  @Autowired BookTransfer bookTransfer;
  @Autowired BookPayout bookPayout;
  @Autowired WatchFunds watchFunds;

  private final UUID anna = Ids.next();
  private final UUID ben = Ids.next();

  /** What Stripe books is at once old enough to be followed. */
  @BeforeEach
  void stripe_is_an_hour_behind() {
    stripe.setClock(clock.instant().minus(Duration.ofHours(1)));
  }

  @Test
  void a_break_is_resolved_by_two_people() {
    String fee = unexplained(-200);
    String path = breakOf(fee);
    JsonNode found = get(path, finance(anna)).expect(200).body();
    assertThat(found.path("kind").asString()).isEqualTo("unexplained-balance-transaction");
    assertThat(found.path("status").asString()).isEqualTo("open");
    assertThat(found.path("owner").asString()).isEqualTo("platform-finance");
    assertThat(found.path("ageDays").asInt()).isZero();
    assertThat(found.path("transaction").path("type").asString()).isEqualTo("adjustment");
    assertThat(found.path("allowedAccounts").valueStream().map(JsonNode::asString))
        .contains(
            "stripe-fees", "bank", "subscriptions", "write-offs", "organization:{organizationId}");

    JsonNode proposed = propose(path, anna, TO_FEES).expect(202).body();
    assertThat(proposed.path("status").asString()).isEqualTo("proposed");
    assertThat(proposed.at("/resolutions/0/amount/amountMinor").asLong()).isEqualTo(200);
    approve(path, anna).refused(403, "four-eyes");
    reject(path, anna).refused(403, "four-eyes");
    api.as(TestTokens.bearer(ben, Set.of("platform-admin"), Map.of()))
        .post(path + "/approval", lastProposal(path))
        .refused(403, "role-missing");
    JsonNode resolved = approve(path, ben).expect(200).body();

    assertThat(resolved.path("status").asString()).isEqualTo("resolved");
    JsonNode resolution = resolved.at("/resolutions/0");
    assertThat(resolution.path("outcome").asString()).isEqualTo("approved");
    assertThat(resolution.path("proposedBy").asString()).isEqualTo(anna.toString());
    assertThat(resolution.path("decidedBy").asString()).isEqualTo(ben.toString());
    assertThat(postings("break-resolved", resolution.path("id").asString()))
        .containsExactly("stripe-fees 200", "suspense -200");
    assertThat(openBreaks(fee)).isEmpty();
    approve(path, ben).refused(404, "no-resolution-proposed");
    propose(path, anna, TO_FEES).refused(409, "break-resolved");
    assertThat(audited(path))
        .containsExactly("break-resolution.proposed", "break-resolution.approved");
    assertThat(events.all(AuditEntryRecorded.class))
        .as("nothing takes a name out of the audit log")
        .noneMatch(entry -> entry.toString().contains("fee for Radar"));
  }

  @Test
  void what_belongs_to_an_organization_reaches_its_balance() {
    Held held = hold("CAD", 10_000);
    paid(held, paymentOf(held));
    String path = breakOf(unexplained(700));
    String account = "organization:" + held.organizationId();
    propose(path, anna, "{\"account\": \"%s\", \"reason\": \"Theirs\"}".formatted(account))
        .expect(202);
    String resolution = approve(path, ben).expect(200).body().at("/resolutions/0/id").asString();

    assertThat(postings("break-resolved", resolution))
        .containsExactly(account + " -700", "suspense 700");
    OrganizationEntryPosted told =
        events.await(
            OrganizationEntryPosted.class,
            event ->
                event.organizationId().equals(held.organizationId())
                    && event.journalKind().equals("break-resolved"));
    assertThat(told.amount().amountMinor()).isEqualTo(700);
  }

  @Test
  void a_proposal_can_be_rejected_and_taken_back_and_another_one_follows() {
    String path = breakOf(unexplained(-300));
    propose(path, anna, TO_FEES).expect(202);
    propose(path, ben, TO_FEES).refused(409, "resolution-proposed");
    reject(path, ben).expect(200);
    propose(path, ben, TO_FEES).expect(202);
    api.as(finance(ben)).delete(path + "/resolution").expect(200);
    propose(path, ben, TO_FEES).expect(202);
    JsonNode resolved = approve(path, anna).expect(200).body();
    assertThat(
            resolved.path("resolutions").valueStream().map(each -> each.path("outcome").asString()))
        .containsExactly("approved", "taken-back", "rejected");
    assertThat(resolved.at("/resolutions/2/comment").asString()).isEqualTo("It is no fee");
  }

  @Test
  void nobody_approves_a_proposal_that_has_taken_the_place_of_the_one_that_was_seen() {
    String path = breakOf(unexplained(-300));
    String seen =
        propose(path, anna, TO_FEES).expect(202).body().at("/resolutions/0/id").asString();
    api.as(finance(anna)).delete(path + "/resolution").expect(200);
    String other =
        propose(path, anna, "{\"account\": \"bank\", \"reason\": \"So\"}")
            .expect(202)
            .body()
            .at("/resolutions/0/id")
            .asString();

    decide(path, "approval", ben, Map.of("resolutionId", seen))
        .refused(404, "no-resolution-proposed");
    decide(path, "rejection", ben, Map.of("resolutionId", seen, "reason", "No"))
        .refused(404, "no-resolution-proposed");
    decide(path, "approval", ben, Map.of()).refused(400, "invalid-request");
    decide(path, "rejection", ben, Map.of("reason", "No")).refused(400, "invalid-request");
    decide(path, "approval", ben, Map.of("resolutionId", other)).expect(200);
  }

  @Test
  void a_proposal_that_is_repeated_is_made_once() {
    String path = breakOf(unexplained(-100));
    String key = Ids.next().toString();
    for (int times = 0; times < 2; times++) {
      api.as(finance(anna)).withKey(key).post(path + "/resolution", TO_FEES).expect(202);
    }
    assertThat(get(path, finance()).body().path("resolutions")).hasSize(1);
  }

  @Test
  void money_is_posted_only_to_accounts_that_are_allowed() {
    String path = breakOf(unexplained(-100));
    for (String account :
        List.of("stripe", "suspense", "organization", "held:" + Ids.next(), "nothing")) {
      assertThat(
              propose(path, anna, "{\"account\": \"%s\", \"reason\": \"So\"}".formatted(account))
                  .expect(400)
                  .fieldErrors())
          .as(account)
          .containsExactly("account: wrong-type");
    }
    assertThat(
            propose(
                    path,
                    anna,
                    "{\"account\": \"organization:%s\", \"reason\": \"So\"}".formatted(Ids.next()))
                .expect(400)
                .fieldErrors())
        .containsExactly("account: not-found");
    propose("/api/v1/finance/breaks/" + Ids.next(), anna, TO_FEES).refused(404, "break-not-found");
    get(path, TestTokens.bearer(Ids.next())).refused(403, "role-missing");
  }

  @Test
  void what_was_proposed_is_not_needed_once_the_break_resolves_itself() {
    String fee = unexplained(-100);
    String path = breakOf(fee);
    propose(path, anna, TO_FEES).expect(202);
    transaction.executeWithoutResult(_ ->
        resolveBreak.handle(
            new ResolveBreak.Command(BreakKind.UNEXPLAINED_BALANCE_TRANSACTION, List.of(fee))));
    approve(path, ben).refused(404, "no-resolution-proposed");
    JsonNode found = get(path, finance()).body();
    assertThat(found.at("/resolutions/0/outcome").asString()).isEqualTo("not-needed");
    assertThat(postings("break-resolved", found.at("/resolutions/0/id").asString())).isEmpty();
  }

  @Test
  void a_proposal_is_about_the_money_that_stood_in_suspense_when_it_was_made() {
    Held held = hold("CAD", 10_000);
    paid(held, paymentOf(held));
    String fee = unexplained(-100);
    String path = breakOf(fee);
    propose(path, anna, TO_FEES).expect(202);
    transaction.executeWithoutResult(_ ->
        ledger.post(
            new Journal(
                JournalKind.TRANSFER_IDENTIFIED,
                fee,
                JournalReferences.none(),
                Postings.transferIdentified(held.organizationId(), Money.of(40, "CAD")))));
    approve(path, ben).refused(409, "break-changed");
    api.as(finance(anna)).delete(path + "/resolution").expect(200);
    propose(path, anna, TO_FEES).expect(202);
    String resolution = approve(path, ben).expect(200).body().at("/resolutions/0/id").asString();
    assertThat(postings("break-resolved", resolution))
        .containsExactly("stripe-fees 60", "suspense -60");
  }

  @Test
  void whoever_approves_at_the_same_time_posts_once() {
    String path = breakOf(unexplained(-100));
    String resolution =
        propose(path, anna, TO_FEES).expect(202).body().at("/resolutions/0/id").asString();
    List<Integer> statuses = AtOnce.times(4, () -> approve(path, Ids.next()).status());
    assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 404);
    assertThat(postings("break-resolved", resolution)).hasSize(2);
  }

  @Test
  void a_refund_that_was_paid_past_stripe_is_told_as_done_and_never_sent_again() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    UUID refund = refused(held, payment);
    String path = breakOf("refund:" + refund);
    assertThat(
            get(path, finance())
                .body()
                .path("allowedAccounts")
                .valueStream()
                .map(JsonNode::asString))
        .containsExactly("bank", "organization:{organizationId}");
    propose(path, anna, to("write-offs")).refused(400, "invalid-request");
    Held other = hold("CAD", 10_000);
    paid(other, paymentOf(other));
    propose(path, anna, to("organization:" + other.organizationId()))
        .refused(400, "invalid-request");
    propose(path, anna, to("bank")).expect(202);
    String resolution = approve(path, ben).expect(200).body().at("/resolutions/0/id").asString();

    assertThat(postings("break-resolved", resolution))
        .containsExactly("bank -10000", "refunds 10000");
    assertThat(sum("refunds", payment)).isZero();
    events.await(RefundSucceeded.class, event -> event.refundId().equals(refund));
    JsonNode shown = get("/api/v1/refunds/" + refund, finance()).body();
    assertThat(shown.path("status").asString()).isEqualTo("succeeded");
    assertThat(shown.path("attempts").valueStream().map(each -> each.path("status").asString()))
        .containsExactly("failed", "succeeded");
    assertThat(openBreaks("refund:" + refund)).isEmpty();
    advanceClocks(Duration.ofDays(2));
    sendDueRefunds.handle();
    sendRefund.handle(refund);
    assertThat(connection.requests("POST /v1/refunds refund:" + refund)).hasSize(1);
  }

  @Test
  void a_debt_is_not_written_off_while_the_refund_that_has_made_it_may_be_called_off() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    UUID payout = Ids.next();
    transaction.executeWithoutResult(_ -> {
      bookPayout.handle(new BookPayout.Made(payout, held.organizationId(), cad(9_450)));
      bookPayout.handle(new BookPayout.Paid(payout, held.organizationId(), cad(9_450)));
    });
    stripe.letRefundsWait();
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 10_000));
    await().atMost(EVENTUALLY).until(() -> attemptsAtStripe(refund).size() == 1);
    watchFunds.handle();
    clock.advance(Duration.ofDays(14));
    watchFunds.handle();
    String debt = breakOf("organization:%s:CAD".formatted(held.organizationId()));
    propose(debt, anna, to("write-offs")).refused(409, "break-not-resolvable");

    stripe.completeRefund(attemptsAtStripe(refund).getFirst());

    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> propose(debt, anna, to("write-offs")).expect(202));
    String resolution = approve(debt, ben).expect(200).body().at("/resolutions/0/id").asString();
    assertThat(postings("break-resolved", resolution))
        .containsExactly(
            "write-offs 9450", "organization:%s -9450".formatted(held.organizationId()));
  }

  @Test
  void what_stripe_has_under_way_is_not_resolved_by_people() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    UUID refund = refused(held, payment);
    String path = breakOf("refund:" + refund);
    propose(path, anna, to("bank")).expect(202);
    stripe.letRefundsWait();
    String made = stripe.refundInDashboard(intent, 10_000);
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(attemptsAtStripe(refund)).containsExactly(made));

    approve(path, ben).refused(409, "break-changed");
    api.as(finance(anna)).delete(path + "/resolution").expect(200);
    propose(path, anna, to("bank")).refused(409, "break-not-resolvable");
    stripe.completeRefund(made);
    await().atMost(EVENTUALLY).until(() -> openBreaks("refund:" + refund).isEmpty());
    assertThat(sum("refunds", payment)).isZero();
    assertThat(sum("bank", payment)).isZero();
  }

  @Test
  void
      what_a_dispute_takes_beyond_the_charge_is_written_off_once_it_is_lost_and_comes_back_if_won() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String dispute = stripe.dispute(paid(held, payment), Map.of("amountMinor", 12_500));
    awaitBreak(dispute, "dispute-exceeds-charge");
    String path = breakOf(dispute);
    propose(path, anna, to("write-offs")).refused(409, "break-not-resolvable");
    stripe.loseDispute(dispute);
    awaitSum("disputes", payment, 2_500);
    propose(path, anna, to("write-offs")).expect(202);
    String resolution = approve(path, ben).expect(200).body().at("/resolutions/0/id").asString();

    assertThat(postings("break-resolved", resolution))
        .containsExactly("write-offs 2500", "disputes -2500");
    assertThat(sum("disputes", payment)).isZero();
    settleDispute.handle(dispute);
    assertThat(openBreaks(dispute)).isEmpty();

    stripe.winDispute(dispute);
    awaitBreak(dispute, "dispute-exceeds-charge");
    propose(path, anna, to("write-offs")).expect(202);
    approve(path, ben).expect(200);
    assertThat(sum("disputes", payment)).isZero();
    assertThat(sum("write-offs", payment)).isZero();
  }

  @Test
  void of_a_dispute_in_another_currency_that_is_lost_the_platform_bears_all() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String organization = "organization:" + held.organizationId();
    String dispute =
        stripe.dispute(paid(held, payment), Map.of("amountMinor", 6_500, "currency", "eur"));
    awaitBreak(dispute, "dispute-in-other-currency");
    stripe.loseDispute(dispute);
    String path = breakOf(dispute);
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> propose(path, anna, to("write-offs")).expect(202));
    String resolution = approve(path, ben).expect(200).body().at("/resolutions/0/id").asString();

    assertThat(postings("break-resolved", resolution))
        .containsExactly(
            "write-offs 6500",
            "disputes -6500",
            "held:" + held.organizationId() + " 9450",
            organization + " -9450");
    settleDispute.handle(dispute);
    assertThat(openBreaks(dispute)).isEmpty();
    assertThat(sum("held:" + held.organizationId(), payment)).isZero();
    assertThat(sum(organization, payment)).isEqualTo(-9_450);
    assertThat(sum("disputes", payment)).isZero();
  }

  @Test
  void money_that_no_payment_wanted_is_posted_where_two_people_say_and_goes_nowhere_else() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = stripe.receive(9_999, "cad", Map.of("paymentId", payment.toString()));
    String charge = stripe.chargeOf(intent);
    awaitBreak(charge, "wrong-amount");
    String path = breakOf(charge);
    propose(path, anna, to("platform-fees")).expect(202);
    String resolution = approve(path, ben).expect(200).body().at("/resolutions/0/id").asString();

    assertThat(postings("break-resolved", resolution))
        .containsExactly("platform-fees -9999", "suspense 9999");
    assertThat(sum("suspense", payment)).isZero();
    String made = stripe.refundInDashboard(intent, 9_999);
    awaitBreak(stripe.bookingOf(made), "unknown-refund");
  }

  @Test
  void what_was_posted_and_comes_back_nevertheless_is_a_break_of_its_own() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = stripe.receive(9_999, "cad", Map.of("paymentId", payment.toString()));
    String charge = stripe.chargeOf(intent);
    awaitBreak(charge, "wrong-amount");
    post(charge, "platform-fees");
    String made = stripe.refundInDashboard(intent, 9_999);
    String taken = stripe.bookingOf(made);
    awaitBreak(taken, "unknown-refund");
    post(taken, "write-offs");

    stripe.failRefund(made);

    String returned = stripe.show("refunds/" + made).path("failure_balance_transaction").asString();
    awaitBreak(returned, "unknown-refund");
    awaitApplied(made);
    post(returned, "write-offs");
    settleRefund.handle(made);
    assertThat(openBreaks(taken)).isEmpty();
    assertThat(openBreaks(returned)).isEmpty();
  }

  @Test
  void what_was_to_go_back_of_money_that_no_payment_wanted_and_is_called_off_is_its_break_again() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    Map<String, String> metadata = Map.of("paymentId", payment.toString());
    String intent = stripe.receiveFrom("ann@example.org", 9_999, "cad", metadata);
    String charge = stripe.chargeOf(intent);
    awaitBreak(charge, "wrong-amount");
    stripe.letRefundsWait();
    String made = stripe.refundInDashboard(intent, 6_000);
    awaitSum("suspense", payment, -3_999);
    post(charge, "platform-fees");
    assertThat(openBreaks(charge)).isEmpty();
    assertThat(sum("suspense", payment)).isZero();

    stripe.cancelRefund(made);

    awaitBreak(charge, "wrong-amount");
    assertThat(sum("suspense", payment)).isEqualTo(-6_000);
    post(charge, "write-offs");
    assertThat(sum("suspense", payment)).isZero();
  }

  @Test
  void of_what_cancels_out_nothing_resolves_itself_once_people_have_posted_a_part() {
    String intent = received();
    String part = stripe.bookingOf(stripe.refundInDashboard(intent, 400));
    awaitBreak(part, "unknown-refund");
    post(part, "write-offs");

    String made = stripe.refundInDashboard(intent, 500);

    awaitBreak(stripe.bookingOf(made), "unknown-refund");
    awaitApplied(made);
    assertThat(openBreaks(stripe.chargeOf(intent))).containsExactly("unknown-payment");
    assertThat(openBreaks(stripe.bookingOf(made))).containsExactly("unknown-refund");
  }

  @Test
  void what_a_bank_decides_about_money_that_no_payment_wanted_is_not_posted_before_it_has() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = stripe.receive(9_999, "cad", Map.of("paymentId", payment.toString()));
    String charge = stripe.chargeOf(intent);
    awaitBreak(charge, "wrong-amount");
    String dispute = stripe.dispute(intent);
    String withdrawal = movement(dispute, 0);
    awaitBreak(withdrawal, "unknown-dispute");
    propose(breakOf(withdrawal), anna, to("write-offs")).refused(409, "break-not-resolvable");

    stripe.loseDispute(dispute);

    await().atMost(EVENTUALLY).until(() -> openBreaks(charge).isEmpty());
    assertThat(openBreaks(withdrawal)).isEmpty();

    stripe.winDispute(dispute);

    awaitBreak(charge, "wrong-amount");
    assertThat(openBreaks(movement(dispute, 1))).isEmpty();
    post(charge, "bank");
    assertThat(sum("suspense", payment)).isZero();
  }

  @Test
  void what_a_bank_takes_beyond_money_that_no_payment_wanted_is_borne_with_its_charge() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = stripe.receive(9_999, "cad", Map.of("paymentId", payment.toString()));
    String charge = stripe.chargeOf(intent);
    awaitBreak(charge, "wrong-amount");
    String made = stripe.refundInDashboard(intent, 4_000);
    awaitApplied(made);
    String dispute = stripe.dispute(intent, Map.of("amountMinor", 9_999));
    String withdrawal = movement(dispute, 0);
    awaitBreak(withdrawal, "unknown-dispute");

    stripe.loseDispute(dispute);

    String path = breakOf(charge);
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> propose(path, anna, to("write-offs")).expect(202));
    propose(breakOf(withdrawal), anna, to("write-offs")).refused(409, "break-not-resolvable");
    String resolution = approve(path, ben).expect(200).body().at("/resolutions/0/id").asString();
    assertThat(postings("break-resolved", resolution))
        .containsExactly("write-offs 4000", "suspense -4000");
    assertThat(openBreaks(charge)).isEmpty();
    assertThat(openBreaks(withdrawal)).isEmpty();
    settleDispute.handle(dispute);
    assertThat(openBreaks(charge)).isEmpty();
    assertThat(openBreaks(withdrawal)).isEmpty();
  }

  @Test
  void what_a_bank_takes_of_money_that_people_have_posted_opens_its_break_again() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = stripe.receive(9_999, "cad", Map.of("paymentId", payment.toString()));
    String charge = stripe.chargeOf(intent);
    awaitBreak(charge, "wrong-amount");
    String path = breakOf(charge);
    post(charge, "bank");
    String dispute = stripe.dispute(intent);
    String withdrawal = movement(dispute, 0);
    awaitBreak(withdrawal, "unknown-dispute");
    assertThat(openBreaks(charge)).isEmpty();

    stripe.loseDispute(dispute);

    awaitBreak(charge, "wrong-amount");
    post(charge, "bank");
    assertThat(openBreaks(charge)).isEmpty();
    assertThat(openBreaks(withdrawal)).isEmpty();

    stripe.winDispute(dispute);

    awaitBreak(charge, "wrong-amount");
    assertThat(openBreaks(movement(dispute, 1))).isEmpty();
    post(charge, "bank");
    assertThat(openBreaks(charge)).isEmpty();
    assertThat(
            get(path, finance())
                .body()
                .path("resolutions")
                .valueStream()
                .map(each -> each.at("/amount/amountMinor").asLong()))
        .containsExactly(-9_999L, 9_999L, -9_999L);
  }

  @Test
  void what_a_bank_takes_in_another_currency_of_money_that_no_payment_wanted_is_closed_by_people() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = stripe.receive(9_999, "cad", Map.of("paymentId", payment.toString()));
    String charge = stripe.chargeOf(intent);
    awaitBreak(charge, "wrong-amount");
    String dispute = stripe.dispute(intent, Map.of("amountMinor", 6_500, "currency", "eur"));
    String withdrawal = movement(dispute, 0);
    awaitBreak(withdrawal, "unknown-dispute");
    propose(breakOf(charge), anna, to("write-offs")).refused(409, "break-not-resolvable");
    propose(breakOf(withdrawal), anna, to("write-offs")).refused(409, "break-not-resolvable");

    stripe.loseDispute(dispute);

    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> propose(breakOf(withdrawal), anna, to("write-offs")).expect(202));
    approve(breakOf(withdrawal), ben).expect(200);
    assertThat(openBreaks(charge)).containsExactly("wrong-amount");
    post(charge, "write-offs");
    assertThat(sum("suspense", payment)).isZero();
    assertThat(openBreaks(withdrawal)).isEmpty();
    settleDispute.handle(dispute);
    assertThat(openBreaks(charge)).isEmpty();
    assertThat(openBreaks(withdrawal)).isEmpty();
  }

  @Test
  void what_a_bank_gives_back_in_another_currency_leaves_the_money_that_no_payment_wanted() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = stripe.receive(9_999, "cad", Map.of("paymentId", payment.toString()));
    String charge = stripe.chargeOf(intent);
    awaitBreak(charge, "wrong-amount");
    String dispute = stripe.dispute(intent, Map.of("amountMinor", 6_500, "currency", "eur"));
    String withdrawal = movement(dispute, 0);
    awaitBreak(withdrawal, "unknown-dispute");

    stripe.winDispute(dispute);

    await().atMost(EVENTUALLY).until(() -> openBreaks(withdrawal).isEmpty());
    assertThat(openBreaks(movement(dispute, 1))).isEmpty();
    assertThat(openBreaks(charge)).containsExactly("wrong-amount");
    post(charge, "bank");
    assertThat(sum("suspense", payment)).isZero();
  }

  @Test
  void a_cause_that_is_found_after_people_have_posted_it_is_not_booked_twice() {
    UUID refund = Ids.next();
    assertThatItIsNotBookedTwice(
        moved -> bookRefund.handle(new BookRefund.Command(moved, Ids.next(), refund, cad(300))),
        "refund-identified",
        "refunds 300");
    UUID dispute = Ids.next();
    assertThatItIsNotBookedTwice(
        moved -> bookDispute.handle(new BookDispute.Command(moved, Ids.next(), dispute)),
        "dispute-identified",
        "disputes 300");
    UUID organization = Ids.next();
    assertThatItIsNotBookedTwice(
        moved ->
            bookTransfer.handle(
                new BookTransfer.Command(moved, Ids.next(), organization, cad(300))),
        "transfer-identified",
        "connected:" + organization + " 300");
    assertThatItIsNotBookedTwice(
        moved -> bookCharge.handle(new BookCharge.Command(moved, null, cad(-300))),
        "charge-identified",
        "awaiting-stripe 300");
    assertThatItIsNotBookedTwice(
        moved -> bookInvoiceRefund.handle(moved), "refund-identified", "subscriptions 300");
  }

  /** People post it back from where they have posted it before. */
  private void assertThatItIsNotBookedTwice(
      Consumer<StripeBalanceTransaction> book, String kind, String identified) {
    String taken = unexplained(-300);
    StripeBalanceTransaction moved =
        new StripeBalanceTransaction(
            taken, "adjustment", null, "CAD", -300, 0, -300, clock.instant());
    String path = breakOf(taken);
    post(taken, "write-offs");
    for (int times = 0; times < 2; times++) {
      transaction.executeWithoutResult(_ -> book.accept(moved));
      assertThat(postings(kind, taken)).containsExactlyInAnyOrder(identified, "suspense -300");
      assertThat(openBreaks(taken)).containsExactly("unexplained-balance-transaction");
    }
    post(taken, "write-offs");
    transaction.executeWithoutResult(_ -> book.accept(moved));

    assertThat(openBreaks(taken)).isEmpty();
    assertThat(
            get(path, finance())
                .body()
                .path("resolutions")
                .valueStream()
                .map(each -> each.at("/amount/amountMinor").asLong()))
        .containsExactly(-300L, 300L);
  }

  @Test
  void money_of_nobody_that_was_posted_and_goes_back_nevertheless_is_a_break_of_its_own() {
    String intent = received();
    String path = breakOf(stripe.chargeOf(intent));
    propose(path, anna, to("bank")).expect(202);
    approve(path, ben).expect(200);

    String made = stripe.refundInDashboard(intent, 900);
    String booking = stripe.bookingOf(made);
    awaitBreak(booking, "unknown-refund");
    propose(breakOf(booking), anna, to("bank")).expect(202);
    String resolution =
        approve(breakOf(booking), ben).expect(200).body().at("/resolutions/0/id").asString();
    assertThat(postings("break-resolved", resolution)).containsExactly("bank 900", "suspense -900");
  }

  @Test
  void breaks_are_listed_by_how_they_stand_and_counted_when_they_are_overdue() {
    String open = breakOf(unexplained(-100));
    String proposed = breakOf(unexplained(-100));
    propose(proposed, anna, TO_FEES).expect(202);
    assertThat(listed("?status=open")).contains(open).doesNotContain(proposed);
    assertThat(listed("?status=proposed")).contains(proposed).doesNotContain(open);
    assertThat(listed("")).contains(open, proposed);
    approve(proposed, ben).expect(200);
    assertThat(listed("?status=resolved")).contains(proposed);
    assertThat(listed("")).contains(open).doesNotContain(proposed);

    measureLedger.handle();
    double before = metrics.get("cpd.ledger.breaks.overdue").gauge().value();
    clock.advance(Duration.ofDays(2).plusSeconds(1));
    measureLedger.handle();
    assertThat(metrics.get("cpd.ledger.breaks.overdue").gauge().value()).isGreaterThan(before);
  }

  /** A refund that Stripe has refused for good. */
  private UUID refused(Held held, UUID payment) {
    UUID refund = Ids.next();
    connection.failNext("POST /v1/refunds", Failure.REFUSAL);
    facts.tell(refundRequested(held, payment, refund, 10_000));
    awaitBreak("refund:" + refund, "refund-owed");
    return refund;
  }

  private List<String> attemptsAtStripe(UUID refund) {
    return jdbc.sql(
            """
            SELECT stripe_refund_id FROM refund_attempt
            WHERE refund_id = :refund AND stripe_refund_id IS NOT NULL
            """)
        .param("refund", refund)
        .query((row, _) -> row.getString("stripe_refund_id"))
        .list();
  }

  /** Two people post the money of a break. */
  private void post(String stripeId, String account) {
    String path = breakOf(stripeId);
    propose(path, anna, to(account)).expect(202);
    approve(path, ben).expect(200);
  }

  private String movement(String dispute, int number) {
    return stripe
        .show("disputes/" + dispute)
        .at("/balance_transactions/" + number + "/id")
        .asString();
  }

  private static String to(String account) {
    return "{\"account\": \"%s\", \"reason\": \"So it is\"}".formatted(account);
  }

  private String unexplained(long amountMinor) {
    String transaction = stripe.book("adjustment", amountMinor, "cad");
    followBalance.handle();
    assertThat(openBreaks(transaction)).containsExactly("unexplained-balance-transaction");
    return transaction;
  }

  private String received() {
    String intent = stripe.receive(900, "cad", Map.of());
    awaitBreak(stripe.chargeOf(intent), "unknown-payment");
    return intent;
  }

  private String breakOf(String stripeId) {
    return "/api/v1/finance/breaks/" + breakAbout(stripeId);
  }

  private Answer propose(String path, UUID proposer, String body) {
    return post(path + "/resolution", finance(proposer), body);
  }

  private Answer approve(String path, UUID approver) {
    return approve(path, finance(approver));
  }

  private Answer reject(String path, UUID approver) {
    Map<String, Object> rejection = new HashMap<>(lastProposal(path));
    rejection.put("reason", "It is no fee");
    return decide(path, "rejection", approver, rejection);
  }

  private Answer decide(String path, String decision, UUID decider, Map<String, Object> body) {
    return api.as(finance(decider)).post(path + "/" + decision, body);
  }

  private List<String> listed(String query) {
    return get("/api/v1/finance/breaks" + query, finance())
        .expect(200)
        .body()
        .path("data")
        .valueStream()
        .map(each -> "/api/v1/finance/breaks/" + each.path("id").asString())
        .toList();
  }

  private List<String> audited(String path) {
    String id = path.substring(path.lastIndexOf('/') + 1);
    events.await(
        AuditEntryRecorded.class,
        entry -> entry.subjectId().equals(id) && entry.action().endsWith("approved"));
    return events.all(AuditEntryRecorded.class).stream()
        .filter(entry -> entry.subjectId().equals(id))
        .map(AuditEntryRecorded::action)
        .toList();
  }

  private static Money cad(long amountMinor) {
    return Money.of(amountMinor, "CAD");
  }

  private static String finance(UUID account) {
    return TestTokens.bearer(account, Set.of("platform-finance"), Map.of());
  }
}
