package io.cpdevents.platform.test.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** What classes are called. */
final class NameRules {

  private static final ArchRule NO_EMPTY_WORDS =
      noClasses()
          .should()
          .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl|Base|Data|Info)")
          .orShould()
          .haveSimpleNameStartingWith("Abstract")
          .because("a name says what a class is for, not what it is made of");

  private NameRules() {}

  static List<HouseRule> rules() {
    return List.of(new HouseRule("name", NO_EMPTY_WORDS));
  }
}
