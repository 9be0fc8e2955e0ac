package io.cpdevents.billing.disputes;

import io.cpdevents.billing.ledger.Journal;
import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.billing.ledger.JournalReferences;
import io.cpdevents.billing.ledger.Posting;
import io.cpdevents.billing.ledger.Postings;
import io.cpdevents.billing.payments.PaidRegistration;
import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.billing.payments.TicketShares;
import io.cpdevents.platform.money.Money;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

/**
 * What has to be posted when a dispute changes: the organization's share is set aside while it is
 * open, and taken from there when it is lost. Pure. Stripe's own movements are posted beside it.
 */
final class DisputeJournals {

  /** A part of money, by who bears it. */
  private record Bearers(Money ofOrganization, Money ofPlatform) {

    static Bearers of(TicketShares shares, Currency currency) {
      return new Bearers(shares.organizationShare(currency), shares.platformShare(currency));
    }

    Bearers minus(Bearers other) {
      return new Bearers(
          ofOrganization.minus(other.ofOrganization), ofPlatform.minus(other.ofPlatform));
    }

    Bearers negate() {
      return new Bearers(ofOrganization.negate(), ofPlatform.negate());
    }

    Money sum() {
      return ofOrganization.plus(ofPlatform);
    }
  }

  private final RefundablePayment payment;
  private final Dispute dispute;
  private final List<Journal> journals = new ArrayList<>();

  private DisputeJournals(RefundablePayment payment, Dispute dispute) {
    this.payment = payment;
    this.dispute = dispute;
  }

  /** The journals that lead from one to the other; none when nothing of the shares has changed. */
  static List<Journal> between(RefundablePayment payment, Dispute before, Dispute after) {
    return new DisputeJournals(payment, after).lead(before.money(), after.money());
  }

  private List<Journal> lead(DisputeMoney before, DisputeMoney after) {
    UUID organization = payment.registration().organizationId();
    Currency currency = payment.captured().currency();
    Bearers lost = Bearers.of(after.lost(), currency).minus(Bearers.of(before.lost(), currency));
    boolean comesBack = lost.sum().isNegative();
    if (comesBack) {
      Bearers back = lost.negate();
      post(
          JournalKind.DISPUTE_LOSS_REVERSED,
          Postings.disputeLossReversed(organization, back.ofOrganization(), back.ofPlatform()));
    }
    // What is lost is taken from what was set aside, so it is set aside first.
    Money held =
        after
            .held()
            .organizationShare(currency)
            .minus(before.held().organizationShare(currency))
            .plus(comesBack ? Money.zero(currency) : lost.ofOrganization());
    post(
        held.isNegative() ? JournalKind.DISPUTE_RELEASED : JournalKind.DISPUTE_HELD,
        Postings.disputeHeld(organization, held));
    if (!comesBack) {
      post(
          JournalKind.DISPUTE_LOST,
          Postings.disputeLost(organization, lost.ofOrganization(), lost.ofPlatform()));
    }
    return List.copyOf(journals);
  }

  private void post(JournalKind kind, List<Posting> postings) {
    if (postings.isEmpty()) {
      return;
    }
    PaidRegistration registration = payment.registration();
    journals.add(
        new Journal(
            kind,
            dispute.id() + ":" + dispute.money().changes(),
            JournalReferences.ofPayment(registration.eventId(), registration.id(), payment.id())
                .withDispute(dispute.id()),
            postings));
  }
}
