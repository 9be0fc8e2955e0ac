package io.cpdevents.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.cpdevents.platform.test.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  private static final String SANDBOX = "io.cpdevents.sandbox";

  /** The others are about services, and this is a stand-in for one of Stripe's. */
  @Test
  void the_rules_about_names_time_money_and_components_are_kept() {
    HouseRules.in(SANDBOX)
        .only("name", "limit", "time", "money", "component")
        .except("time", "SandboxApplication", "makes the clock of the machine, for webhooks")
        .check();
  }

  @Test
  void nothing_of_the_platform_is_used() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.cpdevents.platform..", "io.cpdevents.contracts..")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(SANDBOX));
  }
}
