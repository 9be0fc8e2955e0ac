package io.cpdevents.billing.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.test.HouseDocs;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlanChangeTest {

  private static final Instant NOW = Instant.parse("2027-03-01T15:00:00Z");
  private static final Instant MONTH_END = Instant.parse("2027-03-20T08:00:00Z");

  private final PlanChange upgrade = requested(PlanChange.Kind.UPGRADE);
  private final PlanChange downgrade = requested(PlanChange.Kind.DOWNGRADE);

  @Test
  void an_upgrade_is_applied_once_it_is_paid_also_after_an_authentication() {
    PlanChange waiting =
        upgrade.on(SeenPlanChange.needsAuthentication("https://pay"), NOW).orElseThrow();
    assertThat(waiting.status()).isEqualTo(PlanChangeStatus.AWAITING_AUTHENTICATION);
    assertThat(waiting.authenticationUrl()).isEqualTo("https://pay");
    assertThat(waiting.authenticationEndsAt()).isEqualTo(NOW.plus(Duration.ofHours(23)));
    assertThat(waiting.on(SeenPlanChange.needsAuthentication("https://pay"), NOW)).isEmpty();

    for (PlanChange change : List.of(upgrade, waiting)) {
      PlanChange applied = told(change, PlanChangeTrigger.APPLIED);
      assertThat(applied.status()).isEqualTo(PlanChangeStatus.APPLIED);
      assertThat(applied.authenticationUrl()).isNull();
      assertThat(applied.nextCheckAt()).isNull();
      assertThat(applied.on(SeenPlanChange.of(PlanChangeTrigger.LAPSED), NOW)).isEmpty();
    }
  }

  @Test
  void an_upgrade_that_is_declined_or_waits_too_long_is_over() {
    PlanChange declined = upgrade.on(SeenPlanChange.declined("lost_card"), NOW).orElseThrow();
    assertThat(declined.status()).isEqualTo(PlanChangeStatus.FAILED);
    assertThat(declined.declineCode()).isEqualTo("lost_card");

    PlanChange waiting =
        upgrade.on(SeenPlanChange.needsAuthentication("https://pay"), NOW).orElseThrow();
    assertThat(told(waiting, PlanChangeTrigger.LAPSED).status())
        .isEqualTo(PlanChangeStatus.EXPIRED);
    assertThat(
            told(told(waiting, PlanChangeTrigger.CALL_OFF_REQUESTED), PlanChangeTrigger.LAPSED)
                .status())
        .isEqualTo(PlanChangeStatus.CALLED_OFF);
    assertThatThrownBy(() -> told(upgrade, PlanChangeTrigger.CALL_OFF_REQUESTED))
        .isInstanceOf(RuleViolation.class);
  }

  @Test
  void a_downgrade_is_scheduled_and_comes_or_is_called_off() {
    PlanChange scheduled = told(downgrade, PlanChangeTrigger.SCHEDULED);
    assertThat(scheduled.nextCheckAt()).isAfter(MONTH_END);
    assertThat(told(scheduled, PlanChangeTrigger.APPLIED).status())
        .isEqualTo(PlanChangeStatus.APPLIED);
    assertThat(told(scheduled, PlanChangeTrigger.LAPSED).status())
        .isEqualTo(PlanChangeStatus.CALLED_OFF);

    PlanChange dropped = told(scheduled, PlanChangeTrigger.CALL_OFF_REQUESTED);
    assertThat(dropped.on(SeenPlanChange.of(PlanChangeTrigger.CALL_OFF_REQUESTED), NOW)).isEmpty();
    assertThat(told(dropped, PlanChangeTrigger.APPLIED).status())
        .isEqualTo(PlanChangeStatus.APPLIED);
    assertThat(told(dropped, PlanChangeTrigger.LAPSED).status())
        .isEqualTo(PlanChangeStatus.CALLED_OFF);
  }

  @Test
  void a_key_is_used_as_long_as_stripe_is_sure_to_know_it() {
    assertThat(upgrade.key("plan-upgrade")).isEqualTo("plan-upgrade:" + upgrade.id() + ":1");
    assertThat(upgrade.isKeyKnown(NOW.plus(Duration.ofHours(22)))).isTrue();
    assertThat(upgrade.isKeyKnown(NOW.plus(Duration.ofHours(23)))).isFalse();
  }

  @Test
  void the_diagram_shows_the_table() {
    HouseDocs.assertDiagram("plan-change", PlanChangeStatus.TRANSITIONS.toMermaid());
  }

  private static PlanChange told(PlanChange change, PlanChangeTrigger trigger) {
    return change.on(SeenPlanChange.of(trigger), NOW).orElseThrow();
  }

  private static PlanChange requested(PlanChange.Kind kind) {
    return PlanChange.requested(
        new PlanChange.Wanted(
            UUID.randomUUID(),
            UUID.randomUUID(),
            kind,
            "starter",
            "professional",
            Currency.getInstance("CAD"),
            NOW,
            kind == PlanChange.Kind.DOWNGRADE ? MONTH_END : NOW,
            false,
            "sub_1"),
        NOW);
  }
}
