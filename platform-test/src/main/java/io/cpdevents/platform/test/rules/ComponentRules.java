package io.cpdevents.platform.test.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** How components are declared and get what they need. */
final class ComponentRules {

  private static final ArchRule ONE_ANNOTATION =
      noClasses()
          .should()
          .beAnnotatedWith("org.springframework.stereotype.Service")
          .orShould()
          .beAnnotatedWith("org.springframework.stereotype.Repository")
          .because("a component is annotated @Component: what it is, its name and place say");

  private static final ArchRule NO_FIELD_INJECTION =
      noFields()
          .should()
          .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
          .orShould()
          .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
          .orShould()
          .beAnnotatedWith("jakarta.inject.Inject")
          .orShould()
          .beAnnotatedWith("jakarta.annotation.Resource")
          .because("the constructor says what a component needs");

  private ComponentRules() {}

  static List<HouseRule> rules() {
    return List.of(
        new HouseRule("component", ONE_ANNOTATION), new HouseRule("injection", NO_FIELD_INJECTION));
  }
}
