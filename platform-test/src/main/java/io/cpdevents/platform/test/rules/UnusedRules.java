package io.cpdevents.platform.test.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/** Code that only tests use. */
final class UnusedRules {

  private static final String REASON = "what nothing but tests needs is deleted";

  private static final DescribedPredicate<JavaClass> STARTED_FROM_OUTSIDE =
      Kinds.components()
          .or(Kinds.configurations())
          .or(
              describe(
                  "annotations, packages and programs",
                  type ->
                      type.isAnnotation()
                          || type.getSimpleName().equals("package-info")
                          || type.getMethods().stream().anyMatch(Kinds::isMain)))
          .as("found by Spring, the compiler or java");

  /** Records, enums and interfaces have methods that are there for what they are. */
  private static final DescribedPredicate<JavaClass> PLAIN_CLASSES =
      describe(
          "are plain classes",
          type ->
              !type.isRecord()
                  && !type.isEnum()
                  && !type.isInterface()
                  && !type.isAnonymousClass());

  private static final DescribedPredicate<JavaMethod> CALLED_FROM_OUTSIDE =
      describe(
          "called by Java or by a framework",
          method ->
              Kinds.isSynthetic(method)
                  || Kinds.isMain(method)
                  || Kinds.overrides(method)
                  || !method.getAnnotations().isEmpty());

  private static final ArchRule CLASSES_ARE_USED =
      classes()
          .that()
          .areTopLevelClasses()
          .and(not(STARTED_FROM_OUTSIDE))
          .should(beReferredTo())
          .because(REASON);

  private static final ArchRule METHODS_ARE_CALLED =
      methods()
          .that()
          .areDeclaredInClassesThat(PLAIN_CLASSES)
          .and(not(CALLED_FROM_OUTSIDE))
          .should(beCalled())
          .because(REASON);

  private UnusedRules() {}

  static List<HouseRule> rules() {
    return List.of(
        new HouseRule("unused", CLASSES_ARE_USED), new HouseRule("unused", METHODS_ARE_CALLED));
  }

  private static ArchCondition<JavaClass> beReferredTo() {
    return new ArchCondition<>("be referred to by another class") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean referred =
            type.getDirectDependenciesToSelf().stream()
                .anyMatch(dependency -> !Kinds.topLevel(dependency.getOriginClass()).equals(type));
        if (!referred) {
          events.add(
              SimpleConditionEvent.violated(
                  type,
                  "nothing refers to %s in %s"
                      .formatted(type.getDescription(), type.getSourceCodeLocation())));
        }
      }
    };
  }

  private static ArchCondition<JavaMethod> beCalled() {
    return new ArchCondition<>("be called") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        if (method.getAccessesToSelf().isEmpty() && method.getReferencesToSelf().isEmpty()) {
          events.add(
              SimpleConditionEvent.violated(
                  method,
                  "nothing calls %s in %s"
                      .formatted(method.getDescription(), method.getSourceCodeLocation())));
        }
      }
    };
  }
}
