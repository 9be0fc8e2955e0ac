package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.ledger.BookUnexplained;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.billing.LedgerEvent.OrganizationEntryPosted;
import io.cpdevents.contracts.billing.PayoutReservationEvent;
import io.cpdevents.contracts.billing.PayoutReservationEvent.PayoutRefused;
import io.cpdevents.contracts.billing.PayoutReservationEvent.PayoutReserved;
import io.cpdevents.contracts.payout.LeftMoneyBearer;
import io.cpdevents.contracts.payout.PayoutEvent.LeftMoneySettled;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutCancelled;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutFailed;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutPaid;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutRequested;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutSent;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferReversed;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferred;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

class PayoutLedgerIT extends BillingJourney {

  private static final Instant NOW = Instant.parse("2026-11-02T12:00:00Z");
  private static final MoneyAmount AMOUNT = new MoneyAmount(4_000, "CAD");

  @Autowired TransactionTemplate transaction;
  @Autowired BookUnexplained bookUnexplained;

  @Test
  void a_payout_is_booked_from_the_balance_to_the_bank() {
    UUID organization = organizationThatEarned();
    long earned = -balance("organization", organization);
    UUID payout = UUID.randomUUID();

    facts.tell(requested(payout, organization));

    assertThat(answer(payout)).isInstanceOf(PayoutReserved.class);
    assertBalances(organization, -(earned - 4_000), -4_000, 0, 0);
    OrganizationEntryPosted told =
        events.await(
            OrganizationEntryPosted.class,
            entry -> payout.equals(entry.payoutId()) && entry.account().equals("in-payout"));
    assertThat(told.journalKind()).isEqualTo("payout-made");
    assertThat(told.amount()).isEqualTo(AMOUNT);
    assertThat(told.eventId()).isNull();

    facts.tell(transferred(payout, organization, "txn_t_" + payout));
    awaitBalances(organization, -(earned - 4_000), -4_000, 4_000, 0);
    facts.tell(
        new PayoutSent(
            payout, organization, AMOUNT, "po_" + payout, "txn_p_" + payout, NOW, NOW, null));
    awaitBalances(organization, -(earned - 4_000), -4_000, 0, 4_000);
    facts.tell(new PayoutPaid(payout, organization, AMOUNT, NOW));
    awaitBalances(organization, -(earned - 4_000), 0, 0, 0);

    facts.tell(failed(payout, organization, true, "txn_f_" + payout));
    awaitBalances(organization, -earned, 0, 4_000, 0);
  }

  @Test
  void a_payout_that_fails_before_it_was_paid_gives_the_balance_back() {
    UUID organization = organizationThatEarned();
    long earned = -balance("organization", organization);
    UUID neverSent = reserved(organization);
    facts.tell(failed(neverSent, organization, false, null));
    awaitBalances(organization, -earned, 0, 0, 0);

    UUID sent = reserved(organization);
    facts.tell(transferred(sent, organization, "txn_t_" + sent));
    facts.tell(
        new PayoutSent(sent, organization, AMOUNT, "po_" + sent, "txn_p_" + sent, NOW, NOW, null));
    facts.tell(failed(sent, organization, false, "txn_f_" + sent));
    awaitBalances(organization, -earned, 0, 4_000, 0);
  }

  @Test
  void a_payout_that_is_cancelled_gives_back_what_was_set_aside_and_no_more() {
    UUID organization = organizationThatEarned();
    long earned = -balance("organization", organization);
    UUID reserved = reserved(organization);
    facts.tell(cancelled(reserved, organization, null));
    facts.tell(cancelled(reserved, organization, null));
    awaitBalances(organization, -earned, 0, 0, 0);

    UUID sent = reserved(organization);
    facts.tell(transferred(sent, organization, "txn_t_" + sent));
    facts.tell(
        new PayoutSent(sent, organization, AMOUNT, "po_" + sent, "txn_p_" + sent, NOW, NOW, null));
    facts.tell(cancelled(sent, organization, "txn_c_" + sent));
    awaitBalances(organization, -earned, 0, 4_000, 0);

    UUID refused = UUID.randomUUID();
    facts.tell(new PayoutRequested(refused, organization, new MoneyAmount(earned + 1, "CAD"), NOW));
    assertThat(answer(refused)).isInstanceOf(PayoutRefused.class);
    facts.tell(cancelled(refused, organization, null));
    facts.tell(failed(refused, organization, false, null));
    UUID next = reserved(organization);
    facts.tell(cancelled(next, organization, null));
    awaitBalances(organization, -earned, 0, 4_000, 0);
    assertThat(journalsOf(refused)).isZero();
  }

  @Test
  void a_request_that_is_told_twice_is_answered_twice_and_booked_once() {
    UUID organization = organizationThatEarned();
    long earned = -balance("organization", organization);
    UUID payout = UUID.randomUUID();
    MoneyAmount all = new MoneyAmount(earned, "CAD");

    facts.tell(new PayoutRequested(payout, organization, all, NOW));
    facts.tell(new PayoutRequested(payout, organization, all, NOW));

    await()
        .untilAsserted(() ->
            assertThat(
                    events.all(PayoutReservationEvent.class).stream()
                        .filter(told -> told.payoutId().equals(payout)))
                .hasSize(2)
                .allSatisfy(told -> assertThat(told).isInstanceOf(PayoutReserved.class)));
    assertBalances(organization, 0, -earned, 0, 0);
  }

  @Test
  void more_than_was_earned_is_refused_and_nothing_is_posted() {
    UUID organization = organizationThatEarned();
    long earned = -balance("organization", organization);
    UUID payout = UUID.randomUUID();

    facts.tell(new PayoutRequested(payout, organization, new MoneyAmount(earned + 1, "CAD"), NOW));

    assertThat(answer(payout)).isInstanceOf(PayoutRefused.class);
    assertBalances(organization, -earned, 0, 0, 0);
    UUID stranger = UUID.randomUUID();
    UUID ofNobody = UUID.randomUUID();
    facts.tell(requested(ofNobody, stranger));
    assertThat(answer(ofNobody)).isInstanceOf(PayoutRefused.class);
  }

  @Test
  void many_requests_at_once_set_no_more_aside_than_was_earned() {
    UUID organization = organizationThatEarned();
    long earned = -balance("organization", organization);
    List<UUID> payouts = IntStream.range(0, 12).mapToObj(_ -> UUID.randomUUID()).toList();

    payouts.forEach(payout -> facts.tell(requested(payout, organization)));

    long reserved = payouts.stream().map(this::answer).filter(this::isReserved).count();
    assertThat(reserved).isEqualTo(earned / 4_000);
    assertBalances(organization, -(earned - reserved * 4_000), -reserved * 4_000, 0, 0);
  }

  @Test
  void a_transfer_that_was_booked_before_its_payout_was_told_leaves_suspense() {
    UUID organization = organizationThatEarned();
    UUID payout = reserved(organization);
    String id = "txn_t_" + payout;
    transaction.executeWithoutResult(_ ->
        bookUnexplained.handle(
            new BookUnexplained.Command(
                new StripeBalanceTransaction(
                    id, "transfer", "tr_" + payout, "CAD", -4_000, 0, -4_000, NOW),
                BreakKind.UNEXPLAINED_BALANCE_TRANSACTION)));
    assertThat(openBreaks(id)).hasSize(1);

    facts.tell(transferred(payout, organization, id));

    await().untilAsserted(() -> assertThat(openBreaks(id)).isEmpty());
    assertThat(balance("connected", organization)).isEqualTo(4_000);
    facts.tell(transferred(payout, organization, id));
    facts.tell(requested(UUID.randomUUID(), organization));
    assertThat(balance("connected", organization)).isEqualTo(4_000);
  }

  @Test
  void a_transfer_that_is_taken_back_is_on_the_platform_s_balance_again() {
    UUID organization = organizationThatEarned();
    long earned = -balance("organization", organization);
    UUID payout = reserved(organization);
    facts.tell(transferred(payout, organization, "txn_t_" + payout));
    facts.tell(failed(payout, organization, false, null));
    awaitBalances(organization, -earned, 0, 4_000, 0);
    String id = "txn_r_" + payout;
    transaction.executeWithoutResult(_ ->
        bookUnexplained.handle(
            new BookUnexplained.Command(
                new StripeBalanceTransaction(
                    id, "transfer_refund", "trr_" + payout, "CAD", 3_000, 0, 3_000, NOW),
                BreakKind.UNEXPLAINED_BALANCE_TRANSACTION)));

    facts.tell(reversed(payout, organization, 3_000, id));

    awaitBalances(organization, -earned, 0, 1_000, 0);
    assertThat(openBreaks(id)).isEmpty();
    facts.tell(reversed(payout, organization, 1_000, "txn_s_" + payout));
    awaitBalances(organization, -earned, 0, 0, 0);
  }

  @Test
  void what_is_left_on_a_former_account_is_borne_by_whom_people_decide() {
    UUID organization = organizationThatEarned();
    long earned = -balance("organization", organization);
    UUID payout = reserved(organization);
    facts.tell(transferred(payout, organization, "txn_t_" + payout));
    facts.tell(failed(payout, organization, false, null));
    awaitBalances(organization, -earned, 0, 4_000, 0);

    facts.tell(settled(payout, organization, 2_500, LeftMoneyBearer.ORGANIZATION));

    awaitBalances(organization, -earned + 2_500, 0, 1_500, 0);
    facts.tell(settled(payout, organization, 1_500, LeftMoneyBearer.PLATFORM));
    awaitBalances(organization, -earned + 2_500, 0, 0, 0);
    assertThat(
            jdbc.sql(
                    """
                    SELECT sum(p.amount_minor) FROM journal j JOIN posting p ON p.journal_id = j.id
                    WHERE j.payout_id = :payout AND p.account = 'write-offs'
                    """)
                .param("payout", payout)
                .query(Long.class)
                .single())
        .isEqualTo(1_500);
  }

  private static PayoutTransferReversed reversed(
      UUID payout, UUID organization, long amountMinor, String balanceTransaction) {
    return new PayoutTransferReversed(
        payout,
        organization,
        AMOUNT,
        new MoneyAmount(amountMinor, "CAD"),
        "tr_" + payout,
        "trr_" + payout,
        balanceTransaction,
        NOW);
  }

  private static LeftMoneySettled settled(
      UUID payout, UUID organization, long amountMinor, LeftMoneyBearer bearer) {
    return new LeftMoneySettled(
        payout,
        organization,
        AMOUNT,
        UUID.randomUUID(),
        new MoneyAmount(amountMinor, "CAD"),
        bearer,
        NOW,
        null);
  }

  private UUID organizationThatEarned() {
    Held held = hold("CAD", 10_000);
    paid(held, paymentOf(held));
    return held.organizationId();
  }

  private UUID reserved(UUID organization) {
    UUID payout = UUID.randomUUID();
    facts.tell(requested(payout, organization));
    assertThat(answer(payout)).isInstanceOf(PayoutReserved.class);
    return payout;
  }

  private static PayoutRequested requested(UUID payout, UUID organization) {
    return new PayoutRequested(payout, organization, AMOUNT, NOW);
  }

  private static PayoutTransferred transferred(
      UUID payout, UUID organization, String balanceTransaction) {
    return new PayoutTransferred(
        payout, organization, AMOUNT, AMOUNT, "tr_" + payout, balanceTransaction, NOW, null);
  }

  private static PayoutFailed failed(
      UUID payout, UUID organization, boolean afterPaid, @Nullable String balanceTransaction) {
    return new PayoutFailed(
        payout,
        organization,
        AMOUNT,
        afterPaid,
        "account_closed",
        "change-bank-account",
        balanceTransaction,
        NOW);
  }

  private static PayoutCancelled cancelled(
      UUID payout, UUID organization, @Nullable String balanceTransaction) {
    return new PayoutCancelled(payout, organization, AMOUNT, balanceTransaction, NOW);
  }

  private long journalsOf(UUID payout) {
    return jdbc.sql("SELECT count(*) FROM journal WHERE payout_id = :payout")
        .param("payout", payout)
        .query(Long.class)
        .single();
  }

  private PayoutReservationEvent answer(UUID payout) {
    return events.await(PayoutReservationEvent.class, told -> told.payoutId().equals(payout));
  }

  private boolean isReserved(PayoutReservationEvent told) {
    return told instanceof PayoutReserved;
  }

  private void awaitBalances(
      UUID organization, long earned, long inPayout, long connected, long connectedPayouts) {
    await()
        .untilAsserted(
            () -> assertBalances(organization, earned, inPayout, connected, connectedPayouts));
  }

  /** Debit positive, by the postings and by the guarded rows. */
  private void assertBalances(
      UUID organization, long earned, long inPayout, long connected, long connectedPayouts) {
    assertThat(
            List.of(
                balance("organization", organization),
                balance("in-payout", organization),
                balance("connected", organization),
                balance("connected-payouts", organization)))
        .containsExactly(earned, inPayout, connected, connectedPayouts);
    assertThat(
            jdbc.sql(
                    """
                    SELECT coalesce(sum(amount_minor), 0) FROM account_balance
                    WHERE account LIKE '%:' || :organization AND currency = 'CAD'
                    """)
                .param("organization", organization.toString())
                .query(Long.class)
                .single())
        .isEqualTo(earned + inPayout + connected + connectedPayouts);
  }

  private long balance(String account, UUID organization) {
    return jdbc.sql(
            """
            SELECT coalesce(sum(amount_minor), 0) FROM posting
            WHERE account = :account AND currency = 'CAD'
            """)
        .param("account", account + ":" + organization)
        .query(Long.class)
        .single();
  }
}
