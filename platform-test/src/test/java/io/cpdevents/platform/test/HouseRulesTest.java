package io.cpdevents.platform.test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  private static final String BROKEN = "io.cpdevents.billing.broken";

  @Test
  void every_broken_rule_is_reported_at_once() {
    assertThatThrownBy(() -> rules().check())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("[name] " + BROKEN + ".PaymentHelper")
        .hasMessageContaining("[time] " + BROKEN + ".PaymentHelper calls java.time.Instant.now")
        .hasMessageContaining("[producer] " + BROKEN + ".PaymentHelper")
        .hasMessageContaining("[money] " + BROKEN + ".PaymentHelper field price")
        .hasMessageContaining("[place] " + BROKEN + ".PaymentHelper is a controller outside")
        .hasMessageContaining("[injection] " + BROKEN + ".PaymentHelper field producer")
        .hasMessageContaining("[unused] " + BROKEN + ".NobodyKnowsMe nothing refers to it")
        .hasMessageContaining("[unused] " + BROKEN + ".PaymentHelper nowByTheClock");
  }

  @Test
  void an_exception_with_a_reason_is_left_out() {
    assertThatThrownBy(
            () -> rules().except("time", "PaymentHelper", "tokens live on system time").check())
        .hasMessageNotContaining("[time]")
        .hasMessageContaining("[money]");
    assertThatThrownBy(() -> rules().except("time", "PaymentHelper", " "))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_is_public_in_a_library_is_for_others_and_the_rest_must_be_used() {
    assertThatThrownBy(() -> rules().check())
        .hasMessageContaining("[unused] " + BROKEN + ".PublicFace");
    assertThatThrownBy(() -> rules().asLibrary().check())
        .hasMessageNotContaining("[unused] " + BROKEN + ".PublicFace nothing refers to it")
        .hasMessageNotContaining("PublicFace forOthers")
        .hasMessageContaining("[unused] " + BROKEN + ".PublicFace forNobody")
        .hasMessageContaining("[unused] " + BROKEN + ".NobodyKnowsMe nothing refers to it");
  }

  @Test
  void a_package_without_classes_is_a_mistake() {
    assertThatThrownBy(() -> HouseRules.check("io.cpdevents.nowhere"))
        .hasMessageContaining("no classes");
  }

  @Test
  void tests_are_not_checked() {
    assertThatCode(() -> new ClassFileImporter().importPackages(BROKEN)).doesNotThrowAnyException();
    assertThatThrownBy(() -> HouseRules.check(BROKEN)).hasMessageContaining("no classes");
  }

  private static HouseRules rules() {
    return HouseRules.of(BROKEN, new ClassFileImporter().importPackages(BROKEN));
  }
}
