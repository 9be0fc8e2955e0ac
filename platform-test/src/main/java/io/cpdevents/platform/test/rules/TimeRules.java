package io.cpdevents.platform.test.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import java.time.temporal.Temporal;
import java.util.List;

/** Where the time comes from. */
final class TimeRules {

  private static final DescribedPredicate<JavaAccess<?>> THE_MACHINE_IS_ASKED =
      describe("the machine is asked for the time", TimeRules::asksTheMachine);

  private static final ArchRule TIME_COMES_FROM_THE_CLOCK =
      noClasses()
          .should()
          .accessTargetWhere(THE_MACHINE_IS_ASKED)
          .because("business time comes from the injected Clock, which tests and ./cpd clock move");

  private TimeRules() {}

  static List<HouseRule> rules() {
    return List.of(new HouseRule("time", TIME_COMES_FROM_THE_CLOCK));
  }

  private static boolean asksTheMachine(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String method = access.getName();
    if (owner.isAssignableTo(Temporal.class)) {
      return method.equals("now") && !takesClock(access);
    }
    return (owner.isEquivalentTo(System.class) && method.equals("currentTimeMillis"))
        || (owner.isEquivalentTo(Clock.class) && method.startsWith("system"))
        || (owner.isEquivalentTo(InstantSource.class) && method.equals("system"));
  }

  private static boolean takesClock(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitCallTarget called
        && called.getRawParameterTypes().stream()
            .anyMatch(type -> type.isEquivalentTo(Clock.class));
  }
}
