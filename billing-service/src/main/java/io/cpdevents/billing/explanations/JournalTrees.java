package io.cpdevents.billing.explanations;

import static io.cpdevents.billing.explanations.Explanation.Kind.DIFFERENCE;
import static io.cpdevents.billing.explanations.Explanation.Kind.NOT_EXPLAINED;
import static io.cpdevents.billing.explanations.Explanation.Kind.ORGANIZATION_SHARE;
import static io.cpdevents.billing.explanations.Explanation.Kind.PAYOUT;
import static io.cpdevents.billing.explanations.Explanation.Kind.PLATFORM_FEE;

import io.cpdevents.platform.money.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What journals are about, down to tickets, fee rule and Stripe's objects. */
@Component
class JournalTrees {

  private static final Set<String> MOVE_ALL = Set.of("payment-captured", "invoice-paid");

  private final PaymentTrees payments;
  private final InvoiceTrees invoices;

  JournalTrees(PaymentTrees payments, InvoiceTrees invoices) {
    this.payments = payments;
    this.invoices = invoices;
  }

  /** The trees of what these lines are about, read together. */
  Subjects of(Collection<JournalLine> lines) {
    return new Subjects(
        payments.captures(ids(lines, JournalLine::paymentId)),
        payments.refunds(ids(lines, JournalLine::refundId)),
        payments.reduced(ids(lines, JournalLine::refundId)),
        payments.disputes(ids(lines, JournalLine::disputeId)),
        invoices.captures(
            lines.stream()
                .filter(line -> line.paymentId() == null && line.payoutId() == null)
                .map(JournalLine::businessId)
                .distinct()
                .toList()));
  }

  private static List<UUID> ids(
      Collection<JournalLine> lines, Function<JournalLine, @Nullable UUID> id) {
    return lines.stream().map(id).filter(Objects::nonNull).distinct().toList();
  }

  /**
   * The trees of payments, refunds and disputes by their ids, and of invoices by the business ids
   * of journals.
   *
   * @param reduced the refunds of which less is left than was promised
   */
  record Subjects(
      Map<UUID, Explanation> captures,
      Map<UUID, Explanation> refunds,
      Set<UUID> reduced,
      Map<UUID, Explanation> disputes,
      Map<String, Explanation> invoices) {

    /**
     * What a line is made of, in the direction of the amount: gross and fee when it is an
     * organization's share, the fees alone on the platform's account, else all of its subject. When
     * the line may have moved a part of its subject only, that is named and not divided; a line
     * that must have moved all of it is told as it is, and the caller sees the difference.
     */
    List<Explanation> explain(JournalLine line, Money amount) {
      UUID payoutId = line.payoutId();
      if (payoutId != null) {
        return List.of(Explanation.leaf(PAYOUT, payoutId.toString(), "Of this payout", amount));
      }
      Explanation subject = subject(line);
      if (subject == null) {
        return movesAll(line) ? List.of(notFound(line, amount)) : List.of();
      }
      List<Explanation> parts =
          switch (line.accountKind()) {
            case "organization", "held" -> grossAndFee(subject);
            case "platform-fees" -> List.of(subject.onlyOf(PLATFORM_FEE));
            default -> List.of(subject);
          };
      Money whole = parts.stream().map(Explanation::amount).reduce(Money::plus).orElseThrow();
      if (whole.equals(amount)) {
        return parts;
      }
      boolean isReverse =
          movesAll(line)
              ? whole.isNegative() != amount.isNegative()
              : whole.equals(amount.negate());
      if (isReverse) {
        return parts.stream().map(Explanation::negate).toList();
      }
      return movesAll(line) ? parts : List.of(subject.partly(amount));
    }

    /**
     * Whether the journal has moved neither less nor more than its subject: what was paid never
     * changes, and what was promised only by journals of their own.
     */
    private boolean movesAll(JournalLine line) {
      return MOVE_ALL.contains(line.kind())
          || (line.kind().equals("refund-accepted") && !reduced.contains(line.refundId()));
    }

    private static Explanation notFound(JournalLine line, Money amount) {
      return Explanation.leaf(
          DIFFERENCE, line.journalId().toString(), "What it is about is not there", amount);
    }

    private @Nullable Explanation subject(JournalLine line) {
      UUID disputeId = line.disputeId();
      if (disputeId != null) {
        return disputes.get(disputeId);
      }
      UUID refundId = line.refundId();
      if (refundId != null) {
        return refunds.get(refundId);
      }
      UUID paymentId = line.paymentId();
      return paymentId == null ? invoices.get(line.businessId()) : captures.get(paymentId);
    }

    private static List<Explanation> grossAndFee(Explanation subject) {
      List<Explanation> parts = new ArrayList<>(List.of(subject));
      Money shares = subject.sumOf(ORGANIZATION_SHARE);
      Money others = subject.amount().minus(shares);
      if (!others.isZero()) {
        boolean isFee = subject.sumOf(NOT_EXPLAINED).isZero();
        parts.add(
            Explanation.leaf(
                isFee ? PLATFORM_FEE : NOT_EXPLAINED,
                subject.id(),
                isFee ? "The platform's part of its fee" : "What the organization has no part in",
                others.negate()));
      }
      return parts;
    }
  }
}
