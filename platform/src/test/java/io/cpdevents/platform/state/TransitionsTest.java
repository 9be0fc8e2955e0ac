package io.cpdevents.platform.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.error.RuleViolation;
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
      Transitions.<Light, Trigger>named("light")
          .row(Light.RED, Trigger.TURNED, Light.GREEN, "the road is free")
          .row(Light.RED, Trigger.BROKEN, Light.GREEN, "somebody waits")
          .row(Light.RED, Trigger.BROKEN, Light.RED, "nobody waits")
          .ignored(Light.GREEN, Trigger.TURNED, "it came twice")
          .build();

  @Test
  void a_row_is_followed_and_a_late_message_ignored() {
    assertThat(table.next(Light.RED, Trigger.TURNED)).isEqualTo(Light.GREEN);
    assertThat(table.next(Light.GREEN, Trigger.TURNED)).isEqualTo(Light.GREEN);
    assertThat(table.next(Light.RED, Trigger.BROKEN, Light.RED)).isEqualTo(Light.RED);
  }

  @Test
  void what_has_no_row_is_refused_and_a_choice_must_be_made() {
    assertThatThrownBy(() -> table.next(Light.GREEN, Trigger.BROKEN))
        .isInstanceOfSatisfying(
            RuleViolation.class, refusal -> assertThat(refusal.code()).isEqualTo("wrong-state"));
    assertThatThrownBy(() -> table.next(Light.RED, Trigger.BROKEN))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> table.next(Light.RED, Trigger.TURNED, Light.RED))
        .isInstanceOf(RuleViolation.class);
  }

  @Test
  void the_diagram_shows_every_row() {
    assertThat(table.toMermaid())
        .startsWith("stateDiagram-v2\n")
        .contains("RED --> GREEN: TURNED<br/>the road is free")
        .contains("GREEN --> GREEN: TURNED<br/>it came twice");
  }

  @Test
  void a_label_of_the_diagram_holds_no_character_that_would_end_it() {
    Transitions<Light, Trigger> talkative =
        Transitions.<Light, Trigger>named("light")
            .row(Light.RED, Trigger.TURNED, Light.GREEN, "the road is free: go; look first")
            .build();

    assertThat(talkative.toMermaid())
        .contains("RED --> GREEN: TURNED<br/>the road is free - go, look first");
  }
}
