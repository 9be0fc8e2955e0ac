package io.cpdevents.platform.test.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a feature offers to its ways in and to other features. */
final class UseCaseRules {

  private static final String HANDLE = "handle";

  /** Of a component that is no use case, such as a registry. */
  private static final int MAX_METHODS = 2;

  /** What it is about and what is new, or a command and who calls. */
  private static final int MAX_VALUES = 2;

  private static final DescribedPredicate<JavaClass> OFFERED_COMPONENTS =
      Kinds.components()
          .and(modifier(JavaModifier.PUBLIC))
          .and(not(Kinds.waysIn()))
          .and(not(Kinds.queries()))
          .and(not(Kinds.configurations()))
          .as("a feature offers as components");

  private static final DescribedPredicate<JavaClass> OPEN_A_TRANSACTION =
      describe(
          "open a transaction",
          type -> offeredMethods(type).anyMatch(TransactionRules::opensTransaction));

  private static final DescribedPredicate<JavaClass> OFFER_HANDLE =
      describe("offer handle", UseCaseRules::offersHandle);

  private static final ArchRule ONE_USE_CASE_A_CLASS =
      classes()
          .that(OFFERED_COMPONENTS)
          .and(OFFER_HANDLE)
          .should(offerAtMost(1))
          .because("a use case is one class for one thing that people or services ask for");

  private static final ArchRule FEW_VALUES =
      methods()
          .that()
          .haveName(HANDLE)
          .and()
          .areNotPrivate()
          .and()
          .areDeclaredInClassesThat(Kinds.components())
          .should(takeAtMost(MAX_VALUES))
          .because(
              "three values are a Command: the values of a call have no names, those of a record do");

  private static final ArchRule ONE_HANDLE =
      classes()
          .that(Kinds.components())
          .should(haveAtMostOneHandle())
          .because("what is asked for in two ways has two names");

  private static final ArchRule ONE_THING_A_CLASS =
      classes()
          .that(OFFERED_COMPONENTS)
          .should(offerAtMost(MAX_METHODS))
          .because("what a feature offers is one thing, which may be asked for in two ways");

  private static final ArchRule TRANSACTIONS_BEGIN_IN_HANDLE =
      classes()
          .that(OFFERED_COMPONENTS)
          .and(OPEN_A_TRANSACTION)
          .should(offerHandle())
          .because("a use case is one transaction, and its method is called handle");

  private UseCaseRules() {}

  static List<HouseRule> rules() {
    return List.of(
        new HouseRule("use-case", ONE_USE_CASE_A_CLASS),
        new HouseRule("use-case", FEW_VALUES),
        new HouseRule("use-case", ONE_HANDLE),
        new HouseRule("use-case", ONE_THING_A_CLASS),
        new HouseRule("use-case", TRANSACTIONS_BEGIN_IN_HANDLE));
  }

  private static ArchCondition<JavaClass> offerAtMost(int most) {
    return new ArchCondition<>("offer at most %d methods".formatted(most)) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        List<String> names = offeredMethods(type).map(JavaMethod::getName).sorted().toList();
        if (names.size() > most) {
          events.add(
              SimpleConditionEvent.violated(
                  type,
                  "%s offers %d methods: %s in %s"
                      .formatted(
                          type.getDescription(),
                          names.size(),
                          String.join(", ", names),
                          type.getSourceCodeLocation())));
        }
      }
    };
  }

  private static ArchCondition<JavaMethod> takeAtMost(int most) {
    return new ArchCondition<>("take at most %d values".formatted(most)) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        int values = method.getRawParameterTypes().size();
        if (values > most && !Kinds.isSynthetic(method)) {
          events.add(
              SimpleConditionEvent.violated(
                  method,
                  "%s takes %d values in %s"
                      .formatted(method.getDescription(), values, method.getSourceCodeLocation())));
        }
      }
    };
  }

  private static ArchCondition<JavaClass> haveAtMostOneHandle() {
    return new ArchCondition<>("have at most one method 'handle' for others") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        long handles =
            type.getMethods().stream()
                .filter(method -> method.getName().equals(HANDLE))
                .filter(method -> !method.getModifiers().contains(JavaModifier.PRIVATE))
                .filter(method -> !Kinds.isSynthetic(method))
                .count();
        if (handles > 1) {
          events.add(
              SimpleConditionEvent.violated(
                  type,
                  "%s has %d methods 'handle' in %s"
                      .formatted(type.getDescription(), handles, type.getSourceCodeLocation())));
        }
      }
    };
  }

  private static ArchCondition<JavaClass> offerHandle() {
    return new ArchCondition<>("offer a method 'handle'") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!offersHandle(type)) {
          events.add(
              SimpleConditionEvent.violated(
                  type,
                  "%s opens a transaction in %s in %s"
                      .formatted(
                          type.getDescription(),
                          offeredMethods(type)
                              .filter(TransactionRules::opensTransaction)
                              .map(JavaMethod::getName)
                              .sorted()
                              .collect(Collectors.joining(", ")),
                          type.getSourceCodeLocation())));
        }
      }
    };
  }

  private static boolean offersHandle(JavaClass type) {
    return offeredMethods(type).anyMatch(method -> method.getName().equals(HANDLE));
  }

  private static Stream<JavaMethod> offeredMethods(JavaClass type) {
    return type.getMethods().stream()
        .filter(Kinds::isPublic)
        .filter(method -> !Kinds.isSynthetic(method))
        .filter(method -> !Kinds.overrides(method))
        .filter(method -> !Kinds.isMain(method));
  }
}
