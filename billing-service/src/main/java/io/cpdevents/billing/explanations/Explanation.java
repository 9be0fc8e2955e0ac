package io.cpdevents.billing.explanations;

import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A figure and what it is made of: the amounts of the children are always the amount.
 *
 * @param id of what it is about; for a kind of journals its name
 * @param label a sentence that a support person would say
 * @param amount positive: more of what the parent is about
 * @param journalId the journal that has moved it, when it is one
 * @param stripeId the object of Stripe that it is about
 */
public record Explanation(
    Kind kind,
    String id,
    String label,
    Money amount,
    @Nullable UUID journalId,
    @Nullable String stripeId,
    List<Explanation> children) {

  /** What a figure is about. */
  public enum Kind {
    PAYMENT,
    CAPTURE,
    TICKET,
    ORGANIZATION_SHARE,
    PLATFORM_FEE,
    REFUND,
    DISPUTE,
    PAYOUT,
    PAYOUT_ENTRY,
    CARRIED_OVER,
    KEPT,
    ORGANIZATION_BALANCE,
    ACCOUNT,
    JOURNALS,
    JOURNAL,
    BALANCE_TRANSACTION,
    /** What stands in suspense. */
    NOT_EXPLAINED,
    /** What should explain the parent did not add up: a defect, or somebody's hand. */
    DIFFERENCE
  }

  /** A figure that is made of nothing else. */
  static Explanation leaf(Kind kind, String id, String label, Money amount) {
    return new Explanation(kind, id, label, amount, null, null, List.of());
  }

  /** A figure that is the sum of others. */
  static Explanation sum(
      Kind kind, String id, String label, Money zero, List<Explanation> children) {
    return new Explanation(
        kind, id, label, sumOf(zero, children), null, null, List.copyOf(children));
  }

  /** A figure that others explain; what they lack is told as a difference. */
  static Explanation of(
      Kind kind, String id, String label, Money amount, List<Explanation> children) {
    return leaf(kind, id, label, amount).with(children);
  }

  /**
   * The same, explained by others; what they lack is told as a difference. Without others it is
   * made of nothing else.
   */
  Explanation with(List<Explanation> explained) {
    return explained.isEmpty() ? this : explainedBy(explained);
  }

  /** The same, and without others nothing explains it: all of it is a difference. */
  Explanation explainedBy(List<Explanation> explained) {
    Money missing = amount.minus(sumOf(amount.minus(amount), explained));
    List<Explanation> all = new ArrayList<>(explained);
    if (!missing.isZero()) {
      all.add(leaf(Kind.DIFFERENCE, id, "What the parts do not add up to", missing));
    }
    return new Explanation(kind, id, label, amount, journalId, stripeId, List.copyOf(all));
  }

  Explanation byJournal(@Nullable UUID journal) {
    return new Explanation(kind, id, label, amount, journal, stripeId, children);
  }

  Explanation atStripe(@Nullable String object) {
    return new Explanation(kind, id, label, amount, journalId, object, children);
  }

  /** What its leaves of this kind sum to. */
  Money sumOf(Kind leaves) {
    Money zero = amount.minus(amount);
    if (children.isEmpty()) {
      return kind == leaves ? amount : zero;
    }
    return children.stream().map(child -> child.sumOf(leaves)).reduce(zero, Money::plus);
  }

  /** The same with nothing but its leaves of this kind. */
  Explanation onlyOf(Kind leaves) {
    return new Explanation(
        kind,
        id,
        label,
        sumOf(leaves),
        journalId,
        stripeId,
        children.stream()
            .filter(child -> !child.sumOf(leaves).isZero())
            .map(child -> child.onlyOf(leaves))
            .toList());
  }

  /** A part of it that nothing divides further. */
  Explanation partly(Money part) {
    return new Explanation(kind, id, label, part, journalId, stripeId, List.of());
  }

  /** The same in the other direction, all the way down. */
  Explanation negate() {
    return new Explanation(
        kind,
        id,
        label,
        amount.negate(),
        journalId,
        stripeId,
        children.stream().map(Explanation::negate).toList());
  }

  private static Money sumOf(Money zero, List<Explanation> parts) {
    return parts.stream().map(Explanation::amount).reduce(zero, Money::plus);
  }

  /** An amount and its currency, for labels. */
  static String words(Money amount) {
    return CurrencyRules.decimal(amount).toPlainString()
        + " "
        + amount.currency().getCurrencyCode();
  }
}
