package io.cpdevents.platform.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.contracts.accounts.AccountEvent.AccountVerified;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import org.junit.jupiter.api.Test;

class TransitionsTest {

  private enum Light {
    RED,
    GREEN
  }

  private enum Trigger {
    TURNED,
    BROKEN
  }

  private final Transitions<Light, Trigger> table =
      table()
          .row(Light.RED, Trigger.TURNED, Light.GREEN, "the road is free", AccountVerified.class)
          .row(Light.RED, Trigger.BROKEN, Light.GREEN, "somebody waits")
          .row(Light.RED, Trigger.BROKEN, Light.RED, "nobody waits")
          .ignored(Light.GREEN, Trigger.TURNED, "it came twice")
          .refused(Light.GREEN, Trigger.BROKEN, "it shines")
          .build();

  private static Transitions.Table<Light, Trigger> table() {
    return Transitions.named("light", Light.class, Trigger.class);
  }

  @Test
  void a_row_is_taken_and_a_late_message_ignored() {
    assertThat(table.next(Light.RED, Trigger.TURNED))
        .isEqualTo(new Changed<>(Light.GREEN, "the road is free"));
    assertThat(table.next(Light.GREEN, Trigger.TURNED)).isEqualTo(new Ignored<>("it came twice"));
  }

  @Test
  void a_row_may_lead_back_to_its_state_and_is_no_ignored_one() {
    assertThat(table.next(Light.RED, Trigger.BROKEN, Light.RED))
        .isEqualTo(new Changed<>(Light.RED, "nobody waits"));
  }

  @Test
  void what_the_table_refuses_is_a_wrong_state() {
    assertThatThrownBy(() -> table.next(Light.GREEN, Trigger.BROKEN))
        .isInstanceOfSatisfying(
            RuleViolation.class, refusal -> assertThat(refusal.code()).isEqualTo("wrong-state"));
    assertThatThrownBy(() -> table.next(Light.RED, Trigger.TURNED, Light.RED))
        .isInstanceOf(RuleViolation.class);
  }

  @Test
  void among_several_rows_the_caller_must_choose() {
    assertThatThrownBy(() -> table.next(Light.RED, Trigger.BROKEN))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void only_a_row_allows_a_trigger() {
    assertThat(table.allows(Light.RED, Trigger.TURNED)).isTrue();
    assertThat(table.allows(Light.GREEN, Trigger.TURNED)).isFalse();
    assertThat(table.allows(Light.GREEN, Trigger.BROKEN)).isFalse();
  }

  @Test
  void a_table_with_an_undecided_pair_is_not_built() {
    assertThatThrownBy(() ->
            table()
                .row(Light.RED, Trigger.TURNED, Light.GREEN, "the road is free")
                .refused(Light.RED, Trigger.BROKEN, "it shines")
                .ignored(Light.GREEN, Trigger.TURNED, "it came twice")
                .build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("light: not decided: GREEN + BROKEN");
  }

  @Test
  void a_pair_is_decided_once() {
    Transitions.Table<Light, Trigger> begun =
        table().row(Light.RED, Trigger.TURNED, Light.GREEN, "the road is free");

    assertThatThrownBy(() -> begun.row(Light.RED, Trigger.TURNED, Light.GREEN, "again"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> begun.ignored(Light.RED, Trigger.TURNED, "again"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> begun.refused(Light.RED, Trigger.TURNED, "again"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_diagram_shows_what_changes_what_is_told_and_what_is_ignored() {
    assertThat(table.toMermaid())
        .startsWith("stateDiagram-v2\n")
        .contains("RED --> GREEN: TURNED<br/>the road is free<br/><i>tells AccountVerified</i>")
        .contains("GREEN --> GREEN: TURNED<br/>ignored - it came twice")
        .doesNotContain("it shines");
  }

  @Test
  void a_label_of_the_diagram_holds_no_character_that_would_end_it() {
    Transitions<Light, Trigger> talkative =
        table()
            .row(Light.RED, Trigger.TURNED, Light.GREEN, "the road is free: go; look first")
            .refused(Light.RED, Trigger.BROKEN, "no")
            .refused(Light.GREEN, Trigger.TURNED, "no")
            .refused(Light.GREEN, Trigger.BROKEN, "no")
            .build();

    assertThat(talkative.toMermaid())
        .contains("RED --> GREEN: TURNED<br/>the road is free - go, look first");
  }
}
