package io.cpdevents.platform.foureyes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.foureyes.Proposal.Decision;
import io.cpdevents.platform.test.HouseDocs;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ProposalTest {

  private static final UUID ANNA = Ids.next();
  private static final UUID BEN = Ids.next();

  private final Proposal proposed = Proposal.proposed(Ids.next(), ANNA);

  @Test
  void the_diagram_is_the_table() {
    HouseDocs.assertDiagram(
        ProposalStatus.TRANSITIONS.name(), ProposalStatus.TRANSITIONS.toMermaid());
  }

  @ParameterizedTest
  @CsvSource({"APPROVED, APPROVED", "REJECTED, REJECTED", "TAKEN_BACK, TAKEN_BACK"})
  void a_second_person_may_decide_in_every_way(Decision decision, ProposalStatus expected) {
    assertThat(proposed.decided(decision, BEN).status()).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(value = Decision.class, mode = Mode.EXCLUDE, names = "TAKEN_BACK")
  void whoever_has_proposed_it_may_neither_approve_nor_reject_it(Decision decision) {
    assertThatThrownBy(() -> proposed.decided(decision, ANNA))
        .isInstanceOfSatisfying(
            RuleViolation.class, refused -> assertThat(refused.code()).isEqualTo("four-eyes"));
  }

  @Test
  void whoever_has_proposed_it_may_take_it_back() {
    assertThat(proposed.decided(Decision.TAKEN_BACK, ANNA).status())
        .isEqualTo(ProposalStatus.TAKEN_BACK);
  }

  @Test
  void it_is_not_needed_once_it_is_overtaken() {
    assertThat(proposed.overtaken())
        .get()
        .extracting(Proposal::status)
        .isEqualTo(ProposalStatus.NOT_NEEDED);
  }

  @ParameterizedTest
  @EnumSource(value = ProposalStatus.class, mode = Mode.EXCLUDE, names = "PROPOSED")
  void what_is_decided_stays_so(ProposalStatus status) {
    Proposal decided = new Proposal(Ids.next(), ANNA, status);
    assertThat(decided.overtaken()).isEmpty();
    for (Decision decision : Decision.values()) {
      assertThatThrownBy(() -> decided.decided(decision, BEN)).isInstanceOf(RuleViolation.class);
    }
  }

  @Test
  void a_decision_that_names_another_proposal_is_not_about_this_one() {
    assertThat(proposed.isMeantBy(proposed.id())).isTrue();
    assertThat(proposed.isMeantBy(null)).isTrue();
    assertThat(proposed.isMeantBy(Ids.next())).isFalse();
  }
}
