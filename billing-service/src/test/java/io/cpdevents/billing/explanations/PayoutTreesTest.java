package io.cpdevents.billing.explanations;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.billing.explanations.Explanation.Kind;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever payout-service and the ledger say otherwise of a payout is told as a difference. */
class PayoutTreesTest {

  private static final UUID JOURNAL = Ids.next();
  private static final JournalTrees.Subjects NOTHING_ELSE =
      new JournalTrees.Subjects(Map.of(), Map.of(), Set.of(), Map.of(), Map.of());

  @Test
  void a_payout_is_its_entries_and_what_was_carried_over_less_what_it_keeps() {
    Explanation tree = tree(7_000, 500, 2_950, line(-9_450));

    assertThat(tree.children())
        .extracting(Explanation::kind)
        .containsExactly(Kind.CARRIED_OVER, Kind.PAYOUT_ENTRY, Kind.KEPT);
    assertThat(differences(tree)).isEmpty();
  }

  @Test
  void a_cent_that_a_payout_pays_and_that_nobody_knows_is_not_taken_for_kept() {
    assertThat(differences(tree(7_001, 500, 2_950, line(-9_450)))).containsExactly(1L);
    assertThat(differences(tree(7_000, 501, 2_950, line(-9_450)))).containsExactly(-1L);
    assertThat(differences(tree(9_951, 500, 0, line(-9_450)))).containsExactly(1L);
  }

  @Test
  void an_entry_of_another_amount_than_its_journal_has_is_told() {
    assertThat(differences(tree(7_000, 500, 2_950, line(-9_449)))).containsExactly(1L);
  }

  @Test
  void an_entry_of_which_the_ledger_has_no_journal_is_told_wholly() {
    assertThat(differences(tree(7_000, 500, 2_950))).containsExactly(9_450L);
  }

  @Test
  void each_line_of_a_journal_is_found_by_its_amount() {
    assertThat(differences(tree(7_000, 500, 2_950, line(-100), line(-9_450)))).isEmpty();
  }

  /** With one entry of 94.50. */
  private static Explanation tree(long amount, long carriedOver, long kept, JournalLine... lines) {
    PayoutPieces.Payout payout =
        new PayoutPieces.Payout(
            Ids.next(),
            Ids.next(),
            cad(amount),
            cad(carriedOver),
            null,
            cad(kept),
            Instant.EPOCH,
            null,
            List.of(
                new PayoutPieces.Entry(Ids.next(), JOURNAL, "break-resolved", null, cad(9_450))));
    return PayoutTrees.tree(payout, Map.of(JOURNAL, List.of(lines)), NOTHING_ELSE);
  }

  private static JournalLine line(long amount) {
    return new JournalLine(
        JOURNAL,
        "break-resolved",
        "a-break",
        null,
        null,
        null,
        null,
        "organization:" + Ids.next(),
        cad(amount));
  }

  private static Money cad(long amountMinor) {
    return Money.of(amountMinor, "CAD");
  }

  private static List<Long> differences(Explanation tree) {
    return all(tree)
        .filter(node -> node.kind() == Kind.DIFFERENCE)
        .map(node -> node.amount().amountMinor())
        .toList();
  }

  private static Stream<Explanation> all(Explanation node) {
    return Stream.concat(Stream.of(node), node.children().stream().flatMap(PayoutTreesTest::all));
  }
}
