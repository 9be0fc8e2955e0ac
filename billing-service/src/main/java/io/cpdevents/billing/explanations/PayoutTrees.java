package io.cpdevents.billing.explanations;

import static io.cpdevents.billing.explanations.Explanation.Kind.CARRIED_OVER;
import static io.cpdevents.billing.explanations.Explanation.Kind.KEPT;
import static io.cpdevents.billing.explanations.Explanation.Kind.PAYOUT;
import static io.cpdevents.billing.explanations.Explanation.Kind.PAYOUT_ENTRY;
import static io.cpdevents.billing.explanations.Explanation.Kind.PLATFORM_FEE;

import io.cpdevents.billing.explanations.PaymentTrees.Owned;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What payouts are made of: their entries, each down to the payment that has earned it. */
@Component
class PayoutTrees {

  private static final String CAPTURED = "payment-captured";

  private final PayoutPieces pieces;
  private final PaymentTrees payments;

  PayoutTrees(PayoutPieces pieces, PaymentTrees payments) {
    this.pieces = pieces;
    this.payments = payments;
  }

  /** What a payout pays. */
  Optional<Owned> payout(UUID id, Instant asOf) {
    return pieces
        .of(id)
        .filter(payout -> !payout.requestedAt().isAfter(asOf))
        .map(payout -> new Owned(payout.organizationId(), tree(payout)));
  }

  private Explanation tree(PayoutPieces.Payout payout) {
    String id = payout.id().toString();
    Map<UUID, Explanation> captures =
        payments.captures(
            payout.entries().stream()
                .filter(entry -> entry.journalKind().equals(CAPTURED))
                .map(PayoutPieces.Entry::paymentId)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
    List<Explanation> parts = new ArrayList<>();
    if (!payout.carriedOver().isZero()) {
      parts.add(
          Explanation.leaf(
              CARRIED_OVER,
              id,
              "Earlier payouts had left it, or had paid too much",
              payout.carriedOver()));
    }
    payout.entries().forEach(entry -> parts.add(entry(entry, capture(entry, captures))));
    Money all =
        parts.stream()
            .map(Explanation::amount)
            .reduce(payout.amount().minus(payout.amount()), Money::plus);
    Money kept = all.minus(payout.amount());
    if (!kept.isZero()) {
      parts.add(Explanation.leaf(KEPT, id, "Not paid out yet", kept.negate()));
    }
    return Explanation.of(PAYOUT, id, "Paid to the organization", payout.amount(), parts)
        .atStripe(payout.bankPayoutId());
  }

  private static @Nullable Explanation capture(
      PayoutPieces.Entry entry, Map<UUID, Explanation> captures) {
    UUID paymentId = entry.paymentId();
    return paymentId == null || !entry.journalKind().equals(CAPTURED)
        ? null
        : captures.get(paymentId);
  }

  private static Explanation entry(PayoutPieces.Entry entry, @Nullable Explanation capture) {
    Explanation node =
        Explanation.leaf(
                PAYOUT_ENTRY,
                entry.id().toString(),
                entry.paymentId() == null
                    ? "By a journal `%s`".formatted(entry.journalKind())
                    : "By a journal `%s` of payment %s"
                        .formatted(entry.journalKind(), entry.paymentId()),
                entry.amount())
            .byJournal(entry.journalId());
    if (capture == null) {
      return node;
    }
    Money fee = capture.amount().minus(entry.amount());
    List<Explanation> parts = new ArrayList<>(List.of(capture));
    if (!fee.isZero()) {
      parts.add(Explanation.leaf(PLATFORM_FEE, capture.id(), "The platform's fee", fee.negate()));
    }
    return node.with(parts);
  }
}
