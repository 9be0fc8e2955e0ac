package io.cpdevents.billing.disputes;

import io.cpdevents.billing.disputes.DisputeEffect.BlockRefunds;
import io.cpdevents.billing.disputes.DisputeEffect.Book;
import io.cpdevents.billing.disputes.DisputeEffect.BookUnexplained;
import io.cpdevents.billing.disputes.DisputeEffect.Insert;
import io.cpdevents.billing.disputes.DisputeEffect.OpenBreak;
import io.cpdevents.billing.disputes.DisputeEffect.OweRefundsAgain;
import io.cpdevents.billing.disputes.DisputeEffect.Post;
import io.cpdevents.billing.disputes.DisputeEffect.ResolveBreak;
import io.cpdevents.billing.disputes.DisputeEffect.Save;
import io.cpdevents.billing.disputes.DisputeEffect.Take;
import io.cpdevents.billing.disputes.DisputeEffect.Tell;
import io.cpdevents.billing.disputes.DisputeEffect.UnblockRefunds;
import io.cpdevents.billing.disputes.DisputeMoney.Booking;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.billing.payments.TicketShares;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.billing.stripe.StripeDispute;
import io.cpdevents.contracts.billing.DisputeEvent;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done about a dispute, given the facts. Pure: it reads and writes nothing, and
 * returns a list of effects in the order in which they are carried out.
 */
final class DisputeDecision {

  /** A row of the transition table that was taken, and the dispute after it. */
  private record Step(DisputeTrigger taken, Dispute after) {}

  private DisputeDecision() {}

  /**
   * Stripe tells how a dispute stands: perhaps twice, late, or in another order than it happened.
   *
   * @param newId for a dispute that is not known yet
   */
  static List<DisputeEffect> onStripeDispute(
      DisputeFacts facts, StripeDispute stripe, UUID newId, Instant now) {
    Dispute known = facts.dispute();
    if (known != null && known.isAheadOf(stripe)) {
      return List.of();
    }
    RefundablePayment payment = facts.payment();
    Dispute before = known == null ? Dispute.opened(newId, payment.id(), stripe, now) : known;
    RefundablePayment free = payment.withoutDisputed(before.money().shares());
    Dispute claimed = before.withClaim(Dispute.Claim.of(stripe), now);
    List<Step> steps = steps(claimed, stripe, now);
    Dispute decided = steps.isEmpty() ? claimed : steps.getLast().after();
    Dispute after = decided.withMoney(money(decided, stripe, free));
    List<DisputeEffect> effects = new ArrayList<>();
    if (known == null) {
      effects.add(new Insert(before, payment.registration()));
    }
    for (StripeBalanceTransaction transaction : stripe.balanceTransactions()) {
      effects.add(new Book(payment.id(), after.id(), transaction));
    }
    effects.add(new Save(after, atStake(after, free)));
    if (!before.money().shares().equals(after.money().shares())) {
      effects.add(new Take(payment.id(), before.money().shares(), after.money().shares()));
    }
    DisputeJournals.between(payment, before, after)
        .forEach(journal -> effects.add(new Post(journal)));
    effects.addAll(breaks(after, free));
    effects.addAll(blocking(known, after));
    if (known != null && comesBack(known, after)) {
      effects.add(new OweRefundsAgain(payment.id()));
    }
    DisputeNews news = new DisputeNews(payment, isOfAllThatIsLeft(after, free));
    if (known == null) {
      effects.add(new Tell(first(news, before, after, now)));
    }
    for (Step step : steps) {
      effects.add(new Tell(change(news, step.taken(), step.after().withMoney(after.money()), now)));
    }
    return List.copyOf(effects);
  }

  /**
   * What the buyer keeps by a dispute beyond what is left of its payment: all that a lost one has
   * taken, and what a win has not given back. Empty when that is nothing, or it is not decided.
   */
  static Optional<Money> lostBeyondLeft(DisputeFacts facts, StripeDispute stripe) {
    Dispute known = facts.dispute();
    Money taken = stripe.taken();
    boolean isLate = known != null && known.isAheadOf(stripe);
    if (!stripe.hasTakenForGood() || isLate || !isSameCurrency(taken, facts.payment())) {
      return Optional.empty();
    }
    TicketShares shares = known == null ? TicketShares.none() : known.money().shares();
    return Optional.of(taken.minus(facts.payment().withoutDisputed(shares).left()))
        .filter(Money::isPositive);
  }

  /**
   * Two people have written off what a decided dispute has taken from nobody. What was set aside
   * for it is not any more, and nothing of that is in the way of refunds.
   */
  static List<DisputeEffect> onWriteOff(DisputeFacts facts, Money writtenOff) {
    Dispute before = Objects.requireNonNull(facts.dispute());
    Dispute after = before.withMoney(before.money().writtenOff(writtenOff));
    return Stream.concat(
            Stream.of(new Save(after, Money.zero(facts.payment().captured().currency()))),
            blocking(before, after).stream())
        .toList();
  }

  /** A dispute of money that is no captured payment: its movements go to suspense. */
  static List<DisputeEffect> onUnknownPayment(StripeDispute stripe) {
    return stripe.balanceTransactions().stream().<DisputeEffect>map(BookUnexplained::new).toList();
  }

  /** The time for evidence ends soon: people are reminded once for each time that is due. */
  static List<DisputeEffect> onReminder(DisputeFacts facts, Instant now) {
    Dispute dispute = Objects.requireNonNull(facts.dispute());
    List<DisputeEffect> effects = new ArrayList<>();
    RefundablePayment free = facts.payment().withoutDisputed(dispute.money().shares());
    dispute
        .reminderDue(now)
        .ifPresent(hours ->
            effects.add(
                new Tell(
                    new DisputeNews(facts.payment(), isOfAllThatIsLeft(dispute, free))
                        .deadlineNear(dispute, hours, now))));
    effects.add(new Save(dispute.reminded(now), atStake(dispute, free)));
    return effects;
  }

  /** Of a dispute that was prevented before it opened, only the end is published. */
  private static DisputeEvent first(DisputeNews news, Dispute opened, Dispute after, Instant now) {
    return opened.status() == DisputeStatus.PREVENTED
        ? news.closed(after, now)
        : news.opened(opened);
  }

  private static DisputeEvent change(
      DisputeNews news, DisputeTrigger taken, Dispute after, Instant now) {
    return switch (taken) {
      case CHARGEBACK_OPENED -> news.escalated(after, now);
      case INQUIRY_ENDED, DISPUTE_WON, DISPUTE_LOST, DISPUTE_PREVENTED -> news.closed(after, now);
      case INQUIRY_OPENED -> throw new IllegalStateException("an inquiry is how a dispute begins");
    };
  }

  /** The changes of its state, of which there may be none. */
  private static List<Step> steps(Dispute first, StripeDispute stripe, Instant now) {
    List<Step> steps = new ArrayList<>();
    Dispute current = first;
    for (DisputeTrigger trigger : first.triggers(stripe)) {
      Optional<Dispute> after = current.on(trigger, now);
      if (after.isPresent()) {
        current = after.get();
        steps.add(new Step(trigger, current));
      }
    }
    return steps;
  }

  /**
   * What the dispute takes now. The shares stay as they are as long as their sum does, so that
   * being told twice moves nothing.
   *
   * @param free the payment as if this dispute took nothing
   */
  private static DisputeMoney money(Dispute dispute, StripeDispute stripe, RefundablePayment free) {
    DisputeMoney before = dispute.money();
    Money taken = stripe.taken();
    Money wanted = wanted(taken, free);
    TicketShares shares =
        before.shares().amount(wanted.currency()).equals(wanted)
            ? before.shares()
            : shares(free, wanted);
    Money writtenOff =
        before.writtenOff().isZero() ? Money.zero(taken.currency()) : before.writtenOff();
    Booking booking = booking(dispute.status(), stripe, taken, shares, free);
    // In the payment's currency what was set aside is what was not written off.
    if (booking == Booking.HELD && writtenOff.isPositive() && !isSameCurrency(taken, free)) {
      booking = Booking.WRITTEN_OFF;
    }
    boolean moves = booking != before.booking() || !shares.equals(before.shares());
    return new DisputeMoney(
        taken,
        stripe.balanceTransactions().stream().map(StripeBalanceTransaction::id).toList(),
        booking,
        shares,
        moves ? before.changes() + 1 : before.changes(),
        writtenOff);
  }

  /**
   * How much of the payment the dispute takes: no more than is left of it, and all of that when the
   * currencies differ, because nobody knows the rate that the bank will take.
   */
  private static Money wanted(Money taken, RefundablePayment free) {
    if (!taken.isPositive()) {
      return Money.zero(free.captured().currency());
    }
    boolean isLess = isSameCurrency(taken, free) && taken.compareTo(free.left()) < 0;
    return isLess ? wholeSteps(taken) : free.left();
  }

  /**
   * Ticket prices are multiples of their currency's step; a remainder that a bank takes belongs to
   * no ticket.
   */
  private static Money wholeSteps(Money amount) {
    long step = CurrencyRules.step(amount.currency());
    return new Money(amount.amountMinor() / step * step, amount.currency());
  }

  private static TicketShares shares(RefundablePayment free, Money amount) {
    return amount.isZero()
        ? TicketShares.none()
        : TicketShares.ofAmount(free.lines(), free.feeRefundable(), amount);
  }

  /**
   * Nothing is lost before the bank has said so, and what is won is lost only as far as less than
   * all has come back. What was taken in another currency stays set aside until a person has
   * compared.
   */
  private static Booking booking(
      DisputeStatus status,
      StripeDispute stripe,
      Money taken,
      TicketShares shares,
      RefundablePayment free) {
    if (shares.isEmpty()) {
      return Booking.NONE;
    }
    boolean isLost =
        status == DisputeStatus.LOST || (status == DisputeStatus.WON && stripe.hasReinstated());
    return isLost && isSameCurrency(taken, free) ? Booking.LOST : Booking.HELD;
  }

  /** One task at most: about what is nobody's, in the one or the other currency. */
  private static List<DisputeEffect> breaks(Dispute dispute, RefundablePayment free) {
    Money nobodys = dispute.money().nobodys(free.captured().currency());
    boolean isForeign = !isSameCurrency(nobodys, free);
    return List.of(
        task(
            dispute,
            BreakKind.DISPUTE_EXCEEDS_CHARGE,
            isForeign ? Money.zero(nobodys.currency()) : nobodys),
        task(
            dispute,
            BreakKind.DISPUTE_IN_OTHER_CURRENCY,
            isForeign ? nobodys : Money.zero(nobodys.currency())));
  }

  private static DisputeEffect task(Dispute dispute, BreakKind kind, Money amount) {
    return amount.isZero() ? new ResolveBreak(dispute, kind) : new OpenBreak(dispute, kind, amount);
  }

  private static List<DisputeEffect> blocking(@Nullable Dispute known, Dispute after) {
    boolean blocked = known != null && known.blocksRefunds();
    if (blocked == after.blocksRefunds()) {
      return List.of();
    }
    return List.of(
        blocked ? new UnblockRefunds(after.paymentId()) : new BlockRefunds(after.paymentId()));
  }

  /** Whether the bank has given back, wholly or in part, what the dispute had taken. */
  private static boolean comesBack(Dispute known, Dispute after) {
    return !after.status().isUndecided()
        && !known.blocksRefunds()
        && !after.blocksRefunds()
        && known.money().changes() != after.money().changes();
  }

  /** The organization's share of what the dispute takes, or would take; nothing once decided. */
  private static Money atStake(Dispute dispute, RefundablePayment free) {
    Money nothing = Money.zero(free.captured().currency());
    if (!dispute.status().isUndecided()) {
      return nothing;
    }
    TicketShares held = dispute.money().held();
    TicketShares shares =
        held.isEmpty() ? shares(free, wanted(dispute.claim().amount(), free)) : held;
    return shares.organizationShare(nothing.currency());
  }

  private static boolean isOfAllThatIsLeft(Dispute dispute, RefundablePayment free) {
    Money taken = dispute.money().taken();
    Money disputed = taken.isPositive() ? taken : dispute.claim().amount();
    return !isSameCurrency(disputed, free) || disputed.compareTo(free.left()) >= 0;
  }

  private static boolean isSameCurrency(Money amount, RefundablePayment payment) {
    return amount.currency().equals(payment.captured().currency());
  }
}
