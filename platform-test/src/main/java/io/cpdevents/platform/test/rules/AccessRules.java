package io.cpdevents.platform.test.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;

/** Who may call an endpoint. */
final class AccessRules {

  private static final String SECURITY = "io.cpdevents.platform.security.";

  private static final Set<String> ACCESS =
      Set.of(
          SECURITY + "PublicEndpoint",
          SECURITY + "AccountEndpoint",
          SECURITY + "OrganizationEndpoint",
          SECURITY + "PlatformEndpoint",
          SECURITY + "InternalEndpoint");

  private static final ArchRule ENDPOINTS_SAY_WHO_MAY_CALL =
      methods()
          .that()
          .areMetaAnnotatedWith("org.springframework.web.bind.annotation.RequestMapping")
          .and()
          .areDeclaredInClassesThat()
          .areMetaAnnotatedWith("org.springframework.stereotype.Controller")
          .should(haveOneAccessAnnotation())
          .because("nothing is open by oversight");

  private AccessRules() {}

  static List<HouseRule> rules() {
    return List.of(new HouseRule("access", ENDPOINTS_SAY_WHO_MAY_CALL));
  }

  private static ArchCondition<JavaMethod> haveOneAccessAnnotation() {
    return new ArchCondition<>("have exactly one access annotation") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        long annotations =
            method.getAnnotations().stream()
                .filter(annotation -> ACCESS.contains(annotation.getRawType().getName()))
                .count();
        if (annotations != 1) {
          events.add(
              SimpleConditionEvent.violated(
                  method,
                  "%s has %d access annotations in %s"
                      .formatted(
                          method.getDescription(), annotations, method.getSourceCodeLocation())));
        }
      }
    };
  }
}
