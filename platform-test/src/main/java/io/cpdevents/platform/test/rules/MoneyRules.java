package io.cpdevents.platform.test.rules;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** How money is counted. */
final class MoneyRules {

  private static final Set<String> FLOATING_POINT =
      Set.of("double", "float", "java.lang.Double", "java.lang.Float");

  private static final DescribedPredicate<JavaClass> FLOATING =
      describe(
          "of floating point",
          type -> FLOATING_POINT.contains(type.getBaseComponentType().getName()));

  private static final DescribedPredicate<JavaClass> WHERE_MONEY_IS_COUNTED =
      resideInAnyPackage(
          "io.cpdevents.billing..",
          "io.cpdevents.payout..",
          "io.cpdevents.registration..",
          "io.cpdevents.sandbox..");

  private static final String REASON =
      "money is a long in minor units, and never rounded by chance";

  private static final ArchRule NO_FLOATING_FIELDS =
      noFields()
          .that()
          .areDeclaredInClassesThat(WHERE_MONEY_IS_COUNTED)
          .should()
          .haveRawType(FLOATING)
          .because(REASON);

  private static final ArchRule NO_FLOATING_PARAMETERS_AND_RESULTS =
      noCodeUnits()
          .that()
          .areDeclaredInClassesThat(WHERE_MONEY_IS_COUNTED)
          .and()
          .doNotHaveModifier(JavaModifier.SYNTHETIC)
          .should()
          .haveRawReturnType(FLOATING)
          .orShould()
          .haveRawParameterTypes(anyElementThat(FLOATING.as("is floating point")))
          .because(REASON);

  private MoneyRules() {}

  static List<HouseRule> rules() {
    return List.of(
        new HouseRule("money", NO_FLOATING_FIELDS),
        new HouseRule("money", NO_FLOATING_PARAMETERS_AND_RESULTS));
  }
}
