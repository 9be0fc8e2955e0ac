package io.cpdevents.platform.test.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** How what people send is judged. */
final class InputRules {

  private static final ArchRule SIZE_FOR_EMPTY_LISTS =
      noFields()
          .should()
          .beAnnotatedWith("jakarta.validation.constraints.NotEmpty")
          .because(
              "an empty list has the wrong length: @NotNull @Size(min = 1, max = …) says that by"
                  + " one code everywhere, and the document its minItems");

  private InputRules() {}

  static List<HouseRule> rules() {
    return List.of(new HouseRule("input", SIZE_FOR_EMPTY_LISTS));
  }
}
