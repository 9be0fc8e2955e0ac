package io.cpdevents.platform.test.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Stream;

/** What people and programs change stands in the audit log. */
final class AuditRules {

  private static final String AUDIT_TRAIL = "io.cpdevents.platform.audit.AuditTrail";
  private static final String CHANGE = AUDIT_TRAIL + "$Change";
  private static final String HANDLE = "handle";
  private static final String MAPPINGS = "org.springframework.web.bind.annotation.";
  private static final List<String> WRITES =
      List.of(
          MAPPINGS + "PostMapping",
          MAPPINGS + "PutMapping",
          MAPPINGS + "PatchMapping",
          MAPPINGS + "DeleteMapping");

  private static final String INTERNAL = "io.cpdevents.platform.security.InternalEndpoint";

  private static final DescribedPredicate<JavaClass> REACHED_BY_CALLERS =
      describe(
          "callers reach by a write",
          type ->
              handles(type)
                  .flatMap(handle -> handle.getCallsOfSelf().stream())
                  .anyMatch(call -> isWrite(call.getOwner())));

  private static final ArchRule USE_CASES_WRITE_AN_ENTRY =
      classes()
          .that(Kinds.components())
          .and(REACHED_BY_CALLERS)
          .should(writeAnEntry())
          .because("who did what is known of everything that somebody can do");

  private static final ArchRule WRITES_ARE_USE_CASES =
      methods()
          .that(describe("are writes", AuditRules::isWrite))
          .should(callUseCaseOrWriteAnEntry())
          .because("what a controller does by itself would be in no audit log");

  private static final ArchRule ENTRIES_SAY_BEFORE_AND_AFTER =
      classes()
          .should(sayBeforeAndAfter())
          .because("an entry that does not say what was and what is explains nothing");

  private AuditRules() {}

  static List<HouseRule> rules() {
    return List.of(
        new HouseRule("audit", USE_CASES_WRITE_AN_ENTRY),
        new HouseRule("audit", WRITES_ARE_USE_CASES),
        new HouseRule("before-after", ENTRIES_SAY_BEFORE_AND_AFTER));
  }

  /** An endpoint by which somebody outside may change something. */
  private static boolean isWrite(JavaCodeUnit unit) {
    return unit instanceof JavaMethod method
        && WRITES.stream().anyMatch(method::isAnnotatedWith)
        && !method.isAnnotatedWith(INTERNAL);
  }

  private static Stream<JavaMethod> handles(JavaClass type) {
    return type.getMethods().stream()
        .filter(method -> method.getName().equals(HANDLE))
        .filter(method -> !Kinds.isSynthetic(method));
  }

  private static boolean writesAnEntry(JavaCodeUnit start) {
    return Calls.reachableFrom(start)
        .flatMap(unit -> unit.getMethodCallsFromSelf().stream())
        .anyMatch(call -> call.getTargetOwner().getName().equals(AUDIT_TRAIL));
  }

  private static ArchCondition<JavaClass> sayBeforeAndAfter() {
    return new ArchCondition<>("say in their audit entries what was and what is") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getMethodCallsFromSelf().stream()
            .filter(call -> call.getTargetOwner().getName().equals(AUDIT_TRAIL))
            .filter(call ->
                call.getTarget().getRawParameterTypes().stream()
                    .noneMatch(parameter -> parameter.getName().equals(CHANGE)))
            .forEach(call ->
                events.add(
                    SimpleConditionEvent.violated(
                        type,
                        "%s says neither before nor after in %s"
                            .formatted(type.getDescription(), call.getSourceCodeLocation()))));
      }
    };
  }

  private static ArchCondition<JavaClass> writeAnEntry() {
    return new ArchCondition<>("write an entry of the audit log") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (handles(type).noneMatch(AuditRules::writesAnEntry)) {
          events.add(
              SimpleConditionEvent.violated(
                  type,
                  "%s writes no entry in %s"
                      .formatted(type.getDescription(), type.getSourceCodeLocation())));
        }
      }
    };
  }

  private static ArchCondition<JavaMethod> callUseCaseOrWriteAnEntry() {
    return new ArchCondition<>("call a use case, or write an entry of the audit log") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean callsUseCase =
            method.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTarget().getName().equals(HANDLE));
        if (!callsUseCase && !writesAnEntry(method)) {
          events.add(
              SimpleConditionEvent.violated(
                  method,
                  "%s calls no use case and writes no entry in %s"
                      .formatted(method.getDescription(), method.getSourceCodeLocation())));
        }
      }
    };
  }
}
