package io.cpdevents.platform.test.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Where the ways in are. */
final class PlaceRules {

  private static final String REASON =
      "a feature's ways in are found in the same folders everywhere";

  private static final ArchRule CONTROLLERS_IN_WEB =
      classes()
          .that()
          .areMetaAnnotatedWith("org.springframework.stereotype.Controller")
          .should()
          .resideInAPackage("..web..")
          .because(REASON);

  private static final ArchRule LISTENERS_IN_MESSAGING =
      methods()
          .that()
          .areMetaAnnotatedWith("org.springframework.kafka.annotation.KafkaListener")
          .should()
          .beDeclaredInClassesThat()
          .resideInAPackage("..messaging..")
          .because(REASON);

  private PlaceRules() {}

  static List<HouseRule> rules() {
    return List.of(
        new HouseRule("place", CONTROLLERS_IN_WEB), new HouseRule("place", LISTENERS_IN_MESSAGING));
  }
}
