package io.cpdevents.billing.stripe;

import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dispute at Stripe.
 *
 * @param status Stripe's own word, kept as text because new ones may come; see {@link #meaning}
 * @param chargeId what is disputed
 * @param currency ISO 4217, upper case; it may differ from the charge's, as may the amount
 * @param dueBy until when evidence may be submitted; null when the bank takes none
 * @param submissions how often evidence has been submitted; more than once only by hand
 * @param balanceTransactions what has been withdrawn and reinstated so far, oldest first
 */
public record StripeDispute(
    String id,
    String status,
    String chargeId,
    @Nullable String paymentIntentId,
    long amountMinor,
    String currency,
    String reason,
    @Nullable Instant dueBy,
    long submissions,
    Instant createdAt,
    List<StripeBalanceTransaction> balanceTransactions) {

  /** What a status means here. */
  public enum Meaning {
    /** The bank only asks: no money moves. */
    INQUIRY,
    /** The bank has asked enough. */
    INQUIRY_CLOSED,
    /** The bank takes the money back until it has decided. */
    CHARGEBACK,
    WON,
    LOST,
    /** It was called off before money moved. */
    PREVENTED,
    /** A word that this version does not know. */
    UNKNOWN
  }

  /** The statuses in which evidence can be submitted. */
  private static final List<String> AWAITING_EVIDENCE =
      List.of("needs_response", "warning_needs_response");

  /** The statuses in which the bank has the evidence, which is final. */
  private static final List<String> UNDER_REVIEW = List.of("under_review", "warning_under_review");

  /** Copies the list. */
  public StripeDispute {
    balanceTransactions = List.copyOf(balanceTransactions);
  }

  /** What is disputed. */
  public Money amount() {
    return Money.of(amountMinor, currency);
  }

  /** What its status means here. */
  public Meaning meaning() {
    return switch (status) {
      case "warning_needs_response", "warning_under_review" -> Meaning.INQUIRY;
      case "warning_closed" -> Meaning.INQUIRY_CLOSED;
      case "needs_response", "under_review" -> Meaning.CHARGEBACK;
      case "won" -> Meaning.WON;
      case "lost" -> Meaning.LOST;
      case "prevented" -> Meaning.PREVENTED;
      default -> Meaning.UNKNOWN;
    };
  }

  /** Whether the bank waits for evidence. */
  public boolean awaitsEvidence() {
    return AWAITING_EVIDENCE.contains(status) && dueBy != null;
  }

  /** Whether the bank has the evidence. */
  public boolean isUnderReview() {
    return UNDER_REVIEW.contains(status);
  }

  /** What has been withdrawn and not been reinstated, before fees; zero when nothing has moved. */
  public Money taken() {
    return balanceTransactions.stream()
        .map(transaction -> transaction.amount().negate())
        .reduce(Money::plus)
        .orElseGet(() -> Money.zero(amount().currency()));
  }

  /** Whether the bank has money, and has not decided or not given it back yet. */
  public boolean hasUndecidedMoney() {
    return taken().isPositive() && !isDecided();
  }

  /** Whether the bank has money and has decided. */
  public boolean hasTakenForGood() {
    return taken().isPositive() && isDecided();
  }

  private boolean isDecided() {
    return meaning() == Meaning.LOST || (meaning() == Meaning.WON && hasReinstated());
  }

  /** What was withdrawn or reinstated last, of a dispute that has moved money. */
  public StripeBalanceTransaction lastMovement() {
    return balanceTransactions.getLast();
  }

  /** Whether something has been reinstated. */
  public boolean hasReinstated() {
    return balanceTransactions.stream().anyMatch(transaction -> transaction.amountMinor() > 0);
  }
}
