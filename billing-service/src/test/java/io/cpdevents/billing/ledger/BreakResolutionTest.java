package io.cpdevents.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.billing.ledger.DecideResolution.Decision;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class BreakResolutionTest {

  private static final UUID ANNA = Ids.next();
  private static final UUID BEN = Ids.next();

  @ParameterizedTest
  @CsvSource({"APPROVED, APPROVED", "REJECTED, REJECTED", "TAKEN_BACK, TAKEN_BACK"})
  void a_second_person_may_decide_in_every_way(Decision decision, BreakResolutionStatus expected) {
    assertThat(resolution(BreakResolutionStatus.PROPOSED).decided(decision, BEN).status())
        .isEqualTo(expected);
  }

  @Test
  void whoever_has_proposed_it_may_only_take_it_back() {
    BreakResolution proposed = resolution(BreakResolutionStatus.PROPOSED);
    for (Decision decision : new Decision[] {Decision.APPROVED, Decision.REJECTED}) {
      assertThatThrownBy(() -> proposed.decided(decision, ANNA)).isInstanceOf(RuleViolation.class);
    }
    assertThat(proposed.decided(Decision.TAKEN_BACK, ANNA).status())
        .isEqualTo(BreakResolutionStatus.TAKEN_BACK);
  }

  @Test
  void it_is_not_needed_once_the_break_resolves_itself() {
    assertThat(resolution(BreakResolutionStatus.PROPOSED).overtaken())
        .get()
        .extracting(BreakResolution::status)
        .isEqualTo(BreakResolutionStatus.NOT_NEEDED);
  }

  @ParameterizedTest
  @EnumSource(value = BreakResolutionStatus.class, mode = Mode.EXCLUDE, names = "PROPOSED")
  void what_is_decided_stays_so(BreakResolutionStatus decided) {
    assertThat(resolution(decided).overtaken()).isEmpty();
    for (Decision decision : Decision.values()) {
      assertThatThrownBy(() -> resolution(decided).decided(decision, BEN))
          .isInstanceOf(RuleViolation.class);
    }
  }

  private static BreakResolution resolution(BreakResolutionStatus status) {
    return new BreakResolution(Ids.next(), Ids.next(), "bank", Money.of(100, "CAD"), ANNA, status);
  }
}
