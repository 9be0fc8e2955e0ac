package io.cpdevents.billing.ledger;

import static io.cpdevents.billing.ledger.LedgerAccount.held;
import static io.cpdevents.billing.ledger.LedgerAccount.organization;
import static io.cpdevents.billing.ledger.LedgerAccount.platform;

import io.cpdevents.billing.ledger.LedgerAccount.Kind;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Which accounts a fact moves: the rows of the ledger's table, each a pure function. */
public final class Postings {

  private static final LedgerAccount STRIPE = platform(Kind.STRIPE);
  private static final LedgerAccount AWAITING_STRIPE = platform(Kind.AWAITING_STRIPE);
  private static final LedgerAccount EXCHANGE = platform(Kind.EXCHANGE);
  private static final LedgerAccount REFUNDS = platform(Kind.REFUNDS);
  private static final LedgerAccount SUSPENSE = platform(Kind.SUSPENSE);
  private static final LedgerAccount PLATFORM_FEES = platform(Kind.PLATFORM_FEES);
  private static final LedgerAccount SUBSCRIPTIONS = platform(Kind.SUBSCRIPTIONS);
  private static final LedgerAccount STRIPE_FEES = platform(Kind.STRIPE_FEES);
  private static final LedgerAccount DISPUTES = platform(Kind.DISPUTES);
  private static final LedgerAccount DISPUTE_FEES = platform(Kind.DISPUTE_FEES);

  private Postings() {}

  /** Captured G, fee F: awaiting-stripe G → organization G−F, platform-fees F. */
  public static List<Posting> paymentCaptured(UUID organizationId, Money gross, Money fee) {
    return new Journal.Lines()
        .debit(AWAITING_STRIPE, gross)
        .credit(organization(organizationId), gross.minus(fee))
        .credit(PLATFORM_FEES, fee)
        .list();
  }

  /** Captured but quarantined: awaiting-stripe G → suspense G. */
  public static List<Posting> captureQuarantined(Money gross) {
    return new Journal.Lines().debit(AWAITING_STRIPE, gross).credit(SUSPENSE, gross).list();
  }

  /** An invoice G of an organization's plan is paid: awaiting-stripe G → subscriptions G. */
  public static List<Posting> invoicePaid(Money gross) {
    return new Journal.Lines().debit(AWAITING_STRIPE, gross).credit(SUBSCRIPTIONS, gross).list();
  }

  /**
   * The balance transaction of a charge: stripe G−S, stripe-fees S → awaiting-stripe G. The
   * balance's real amounts are posted; what differs from the charge goes to suspense, and all of it
   * when the currencies differ.
   */
  public static List<Posting> chargeSettled(Money charged, Money net, Money fee) {
    Money booked = net.plus(fee);
    Journal.Lines lines = new Journal.Lines().debit(STRIPE, net).debit(STRIPE_FEES, fee);
    if (!booked.currency().equals(charged.currency())) {
      return lines.credit(SUSPENSE, booked).list();
    }
    return lines.credit(AWAITING_STRIPE, charged).credit(SUSPENSE, booked.minus(charged)).list();
  }

  /**
   * The charge of a movement that was booked as {@link #unexplained} has been found: suspense G →
   * awaiting-stripe G. Together with that they are {@link #chargeSettled}.
   */
  public static List<Posting> chargeIdentified(Money charged) {
    return moved(SUSPENSE, AWAITING_STRIPE, charged);
  }

  /**
   * The refund of a plan's invoice has been found for a movement that was booked as {@link
   * #unexplained}: suspense against subscriptions.
   */
  public static List<Posting> invoiceRefundIdentified(Money booked) {
    return moved(SUSPENSE, SUBSCRIPTIONS, booked);
  }

  /**
   * A refund R = Ro + Rf is owed: organization Ro, platform-fees Rf → refunds R. Of a quarantined
   * charge: suspense R → refunds R.
   *
   * @param shares what each account bears; negative amounts when less is owed than before
   */
  public static List<Posting> refundAccepted(RefundBearers shares) {
    return new Journal.Lines()
        .debit(organization(shares.organizationId()), shares.ofOrganization())
        .debit(PLATFORM_FEES, shares.ofPlatform())
        .debit(SUSPENSE, shares.ofSuspense())
        .credit(REFUNDS, shares.sum())
        .list();
  }

  /** A refund, or a part of it, is not owed any more: the reverse of {@link #refundAccepted}. */
  public static List<Posting> refundCancelled(RefundBearers shares) {
    return refundAccepted(shares.negate());
  }

  /**
   * The balance transaction of a refund (net −R) or of its failure (net +R): refunds against
   * stripe. What is more or less than the refund goes to suspense, and all of it when the
   * currencies differ.
   *
   * @param owed what leaves (positive) or comes back to (negative) what is owed
   */
  public static List<Posting> refundSettled(Money owed, Money net, Money fee) {
    Money booked = net.plus(fee);
    Journal.Lines lines = new Journal.Lines().debit(STRIPE, net).debit(STRIPE_FEES, fee);
    if (!booked.currency().equals(owed.currency())) {
      return lines.credit(SUSPENSE, booked).list();
    }
    return lines.debit(REFUNDS, owed).debit(SUSPENSE, booked.plus(owed).negate()).list();
  }

  /**
   * The cause of a movement that was booked as {@link #unexplained} has been found: refunds against
   * suspense. Together with that they are {@link #refundSettled}.
   *
   * @param owed the amount that {@link #refundSettled} takes
   */
  public static List<Posting> refundIdentified(Money owed) {
    return new Journal.Lines().debit(REFUNDS, owed).credit(SUSPENSE, owed).list();
  }

  /**
   * The balance transaction of a dispute: withdrawn D with the fee d: disputes D, dispute-fees d →
   * stripe D+d; reinstated X: stripe X → disputes X, and a fee that is returned credits
   * dispute-fees.
   */
  public static List<Posting> disputeSettled(Money net, Money fee) {
    return new Journal.Lines()
        .debit(STRIPE, net)
        .debit(DISPUTE_FEES, fee)
        .credit(DISPUTES, net.plus(fee))
        .list();
  }

  /**
   * The dispute of a movement that was booked as {@link #unexplained} has been found. Together with
   * that they are {@link #disputeSettled}.
   */
  public static List<Posting> disputeIdentified(Money net, Money fee) {
    return new Journal.Lines()
        .debit(SUSPENSE, net.plus(fee))
        .credit(DISPUTES, net.plus(fee))
        .debit(DISPUTE_FEES, fee)
        .credit(STRIPE_FEES, fee)
        .list();
  }

  /**
   * An organization's share of an open dispute is set aside: organization → held.
   *
   * @param amount negative when it is released
   */
  public static List<Posting> disputeHeld(UUID organizationId, Money amount) {
    return new Journal.Lines()
        .debit(organization(organizationId), amount)
        .credit(held(organizationId), amount)
        .list();
  }

  /** A dispute is lost: held Do, platform-fees Df → disputes D. */
  public static List<Posting> disputeLost(
      UUID organizationId, Money organizationShare, Money platformShare) {
    return new Journal.Lines()
        .debit(held(organizationId), organizationShare)
        .debit(PLATFORM_FEES, platformShare)
        .credit(DISPUTES, organizationShare.plus(platformShare))
        .list();
  }

  /**
   * What was lost has come back, wholly or in part: disputes D → organization Do, platform-fees Df.
   */
  public static List<Posting> disputeLossReversed(
      UUID organizationId, Money organizationShare, Money platformShare) {
    return new Journal.Lines()
        .debit(DISPUTES, organizationShare.plus(platformShare))
        .credit(organization(organizationId), organizationShare)
        .credit(PLATFORM_FEES, platformShare)
        .list();
  }

  /** A payout P is made: organization P → in-payout P. */
  public static List<Posting> payoutMade(UUID organizationId, Money amount) {
    return moved(organization(organizationId), inPayout(organizationId), amount);
  }

  /** The balance transaction of a transfer P: connected P → stripe P. */
  public static List<Posting> transferred(UUID organizationId, Money amount) {
    return moved(connected(organizationId), STRIPE, amount);
  }

  /**
   * The transfer of a movement that was booked as {@link #unexplained} has been found: connected P
   * → suspense P.
   */
  public static List<Posting> transferIdentified(UUID organizationId, Money amount) {
    return moved(connected(organizationId), SUSPENSE, amount);
  }

  /** The payout P leaves the organization's account: connected-payouts P → connected P. */
  public static List<Posting> payoutSent(UUID organizationId, Money amount) {
    return moved(connectedPayouts(organizationId), connected(organizationId), amount);
  }

  /** The payout P comes back to the organization's account: connected P → connected-payouts P. */
  public static List<Posting> payoutCameBack(UUID organizationId, Money amount) {
    return moved(connected(organizationId), connectedPayouts(organizationId), amount);
  }

  /** A payout P is paid: in-payout P → connected-payouts P. */
  public static List<Posting> payoutPaid(UUID organizationId, Money amount) {
    return moved(inPayout(organizationId), connectedPayouts(organizationId), amount);
  }

  /** A payout P has failed or was cancelled before it was paid: in-payout P → organization P. */
  public static List<Posting> payoutFailed(UUID organizationId, Money amount) {
    return moved(inPayout(organizationId), organization(organizationId), amount);
  }

  /** A payout P that had been paid has failed: connected-payouts P → organization P. */
  public static List<Posting> payoutReturned(UUID organizationId, Money amount) {
    return moved(connectedPayouts(organizationId), organization(organizationId), amount);
  }

  /**
   * What payouts have left on an account that cannot be used any more is the organization's, which
   * has it: organization S → connected S.
   */
  public static List<Posting> leftMoneyKept(UUID organizationId, Money amount) {
    return moved(organization(organizationId), connected(organizationId), amount);
  }

  /**
   * What payouts have left on an account that cannot be used any more is lost: write-offs S →
   * connected S.
   */
  public static List<Posting> leftMoneyLost(UUID organizationId, Money amount) {
    return moved(LedgerAccount.platform(Kind.WRITE_OFFS), connected(organizationId), amount);
  }

  /**
   * Stripe's own fee, a top-up, a payout of the platform or a refund of an invoice: stripe against
   * that account.
   */
  public static List<Posting> ownMovement(LedgerAccount account, Money net, Money fee) {
    return new Journal.Lines()
        .debit(STRIPE, net)
        .debit(STRIPE_FEES, fee)
        .credit(account, net.plus(fee))
        .list();
  }

  /**
   * Two people have said where the money of a break belongs: account A → where it has stood.
   *
   * @param amount debit positive on the account
   * @param leaving the lines by which it leaves
   */
  static List<Posting> breakResolved(LedgerAccount account, Money amount, List<Posting> leaving) {
    return Stream.concat(Stream.of(new Posting(account, amount)), leaving.stream()).toList();
  }

  /**
   * Money leaves suspense: → suspense S.
   *
   * @param amount debit positive on the account that it goes to
   */
  public static List<Posting> leavingSuspense(Money amount) {
    return new Journal.Lines().credit(SUSPENSE, amount).list();
  }

  /**
   * A charge G was booked in another currency: exchange G → awaiting-stripe G, in the currency of
   * the charge.
   */
  static List<Posting> chargeConverted(Money charged) {
    return moved(EXCHANGE, AWAITING_STRIPE, charged);
  }

  /**
   * A refund R was booked in another currency: refunds R → exchange R, in the currency of the
   * refund.
   *
   * @param owed what leaves (positive) or comes back to (negative) what is owed
   */
  static List<Posting> refundConverted(Money owed) {
    return moved(REFUNDS, EXCHANGE, owed);
  }

  /** A refund R that is owed was paid past Stripe: refunds R →. */
  public static List<Posting> leavingRefunds(Money owed) {
    return new Journal.Lines().debit(REFUNDS, owed).list();
  }

  /**
   * An organization's own Stripe account has moved and nobody had told: connected M →.
   *
   * @param moved positive: more lies there
   */
  public static List<Posting> connectedMoved(UUID organizationId, Money moved) {
    return new Journal.Lines().debit(connected(organizationId), moved).list();
  }

  /** An organization does not owe a debt D any more: → organization D. */
  public static List<Posting> leavingDebt(UUID organizationId, Money debt) {
    return new Journal.Lines().credit(organization(organizationId), debt).list();
  }

  /** What has come back covers a debt R that was written off: organization R → write-offs R. */
  static List<Posting> writeOffRecovered(UUID organizationId, Money recovered) {
    return moved(organization(organizationId), LedgerAccount.platform(Kind.WRITE_OFFS), recovered);
  }

  /**
   * What a dispute has taken from nobody is lost: → disputes X; what was set aside for it goes back
   * to the organization: held H → organization H.
   */
  public static List<Posting> leavingDisputes(Money lost, UUID organizationId, Money held) {
    return new Journal.Lines()
        .credit(DISPUTES, lost)
        .debit(held(organizationId), held)
        .credit(organization(organizationId), held)
        .list();
  }

  private static List<Posting> moved(LedgerAccount debit, LedgerAccount credit, Money amount) {
    return new Journal.Lines().debit(debit, amount).credit(credit, amount).list();
  }

  private static LedgerAccount inPayout(UUID organizationId) {
    return new LedgerAccount(Kind.IN_PAYOUT, organizationId);
  }

  private static LedgerAccount connected(UUID organizationId) {
    return new LedgerAccount(Kind.CONNECTED, organizationId);
  }

  private static LedgerAccount connectedPayouts(UUID organizationId) {
    return new LedgerAccount(Kind.CONNECTED_PAYOUTS, organizationId);
  }

  /** A movement of Stripe's balance whose cause is not known: stripe against suspense. */
  public static List<Posting> unexplained(Money net, Money fee) {
    return new Journal.Lines()
        .debit(STRIPE, net)
        .debit(STRIPE_FEES, fee)
        .credit(SUSPENSE, net.plus(fee))
        .list();
  }
}
