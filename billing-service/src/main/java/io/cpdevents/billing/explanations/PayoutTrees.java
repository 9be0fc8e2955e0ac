package io.cpdevents.billing.explanations;

import static io.cpdevents.billing.explanations.Explanation.Kind.CARRIED_OVER;
import static io.cpdevents.billing.explanations.Explanation.Kind.JOURNAL;
import static io.cpdevents.billing.explanations.Explanation.Kind.KEPT;
import static io.cpdevents.billing.explanations.Explanation.Kind.PAYOUT;
import static io.cpdevents.billing.explanations.Explanation.Kind.PAYOUT_ENTRY;

import io.cpdevents.billing.explanations.PaymentTrees.Owned;
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
    Map<UUID, List<JournalLine>> lines =
        ledger.organizationLines(
            payout.entries().stream().map(PayoutPieces.Entry::journalId).toList());
    return tree(payout, lines, subjects.of(lines.values().stream().flatMap(List::stream).toList()));
  }

  /**
   * The tree, from what payout-service and the ledger know each for itself: where one has another
   * amount than the other, the tree tells the difference.
   *
   * @param lines on organizations' accounts, by their journals
   */
  static Explanation tree(
      PayoutPieces.Payout payout, Map<UUID, List<JournalLine>> lines, JournalTrees.Subjects about) {
    String id = payout.id().toString();
    List<Explanation> parts = new ArrayList<>();
    if (!payout.carriedOver().isZero()) {
      parts.add(
          Explanation.leaf(
              CARRIED_OVER,
              payout.carriedOverFrom() == null ? id : payout.carriedOverFrom().toString(),
              "Payouts up to this one had left it, or had paid too much",
              payout.carriedOver()));
    }
    payout
        .entries()
        .forEach(entry ->
            parts.add(entry(entry, lines.getOrDefault(entry.journalId(), List.of()), about)));
    if (!payout.kept().isZero()) {
      parts.add(Explanation.leaf(KEPT, id, "Not paid out yet", payout.kept().negate()));
    }
    return Explanation.of(PAYOUT, id, "Paid to the organization", payout.amount(), parts)
        .atStripe(payout.bankPayoutId());
  }

  private static Explanation entry(
      PayoutPieces.Entry entry, List<JournalLine> ofJournal, JournalTrees.Subjects about) {
    Explanation node =
        Explanation.leaf(
                PAYOUT_ENTRY,
                entry.id().toString(),
                LedgerWords.journal(entry.journalKind()),
                entry.amount())
            .byJournal(entry.journalId());
    return ofJournal.stream()
        .filter(line -> line.amount().negate().equals(entry.amount()))
        .findFirst()
        .map(line -> node.with(about.explain(line, entry.amount())))
        .orElseGet(() -> node.explainedBy(booked(ofJournal)));
  }

  /** What the ledger has instead of an entry. */
  private static List<Explanation> booked(List<JournalLine> ofJournal) {
    return ofJournal.stream()
        .map(line ->
            Explanation.leaf(
                JOURNAL,
                line.journalId().toString(),
                LedgerWords.journal(line.kind()),
                line.amount().negate()))
        .toList();
  }
}
