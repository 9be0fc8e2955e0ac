package io.cpdevents.platform.test.rules;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysFalse;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
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

  private static final DescribedPredicate<HasModifiers> PUBLIC = modifier(JavaModifier.PUBLIC);

  private UnusedRules() {}

  /** Of a program: all that uses its classes is in it. */
  static List<HouseRule> rules() {
    return rules(alwaysFalse(), alwaysFalse());
  }

  /** Of a library: other modules, which are not seen, use what is public. */
  static List<HouseRule> rulesOfLibrary() {
    return rules(
        PUBLIC.<JavaClass>forSubtype().as("public"),
        describe("public", method -> PUBLIC.test(method) && PUBLIC.test(method.getOwner())));
  }

  private static List<HouseRule> rules(
      DescribedPredicate<JavaClass> classesForOthers,
      DescribedPredicate<JavaMethod> methodsForOthers) {
    ArchRule classesAreUsed =
        classes()
            .that()
            .areTopLevelClasses()
            .and(not(STARTED_FROM_OUTSIDE))
            .and(not(classesForOthers))
            .should(beReferredTo())
            .because(REASON);
    ArchRule methodsAreCalled =
        methods()
            .that()
            .areDeclaredInClassesThat(PLAIN_CLASSES)
            .and(not(CALLED_FROM_OUTSIDE))
            .and(not(methodsForOthers))
            .should(beCalled())
            .because(REASON);
    return List.of(
        new HouseRule("unused", classesAreUsed), new HouseRule("unused", methodsAreCalled));
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
