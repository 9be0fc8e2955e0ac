package io.cpdevents.billing.explanations;

import static io.cpdevents.billing.explanations.Explanation.Kind.CARRIED_OVER;
import static io.cpdevents.billing.explanations.Explanation.Kind.KEPT;
import static io.cpdevents.billing.explanations.Explanation.Kind.PAYOUT;
import static io.cpdevents.billing.explanations.Explanation.Kind.PAYOUT_ENTRY;

import io.cpdevents.billing.explanations.PaymentTrees.Owned;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What payouts are made of: their entries, each down to the tickets that were paid or have gone
 * back.
 */
@Component
class PayoutTrees {

  private final PayoutPieces pieces;
  private final LedgerTrees ledger;
  private final JournalTrees subjects;

  PayoutTrees(PayoutPieces pieces, LedgerTrees ledger, JournalTrees subjects) {
    this.pieces = pieces;
    this.ledger = ledger;
    this.subjects = subjects;
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
    List<Explanation> parts = new ArrayList<>();
    if (!payout.carriedOver().isZero()) {
      parts.add(
          Explanation.leaf(
              CARRIED_OVER,
              id,
              "Earlier payouts had left it, or had paid too much",
              payout.carriedOver()));
    }
    parts.addAll(entries(payout.entries()));
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

  private List<Explanation> entries(List<PayoutPieces.Entry> entries) {
    Map<UUID, JournalLine> lines =
        ledger.organizationLines(entries.stream().map(PayoutPieces.Entry::journalId).toList());
    JournalTrees.Subjects about = subjects.of(lines.values());
    return entries.stream()
        .map(entry -> {
          JournalLine line = lines.get(entry.journalId());
          return Explanation.leaf(
                  PAYOUT_ENTRY,
                  entry.id().toString(),
                  LedgerWords.journal(entry.journalKind()),
                  entry.amount())
              .byJournal(entry.journalId())
              .with(line == null ? List.of() : about.explain(line, entry.amount()));
        })
        .toList();
  }
}
