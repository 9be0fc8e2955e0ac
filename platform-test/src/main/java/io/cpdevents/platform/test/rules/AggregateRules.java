package io.cpdevents.platform.test.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.List;

/** What decides, and knows nothing of the machinery around it. */
final class AggregateRules {

  /** Aggregates, their states with transition tables, and the values that they are made of. */
  private static final DescribedPredicate<JavaClass> RECORDS_AND_ENUMS =
      describe("are records or enums", type -> type.isRecord() || type.isEnum());

  private static final DescribedPredicate<JavaClass> MACHINERY =
      resideInAnyPackage("org.springframework..", "java.sql..", "javax.sql..", "io.micrometer..")
          .or(type(Clock.class))
          .or(name("io.cpdevents.platform.Ids"))
          .as("are Spring, SQL, a clock, a maker of ids or a meter");

  private static final ArchRule AGGREGATES_ARE_PURE =
      noClasses()
          .that(RECORDS_AND_ENUMS)
          .and(not(Kinds.waysIn()))
          .and(not(Kinds.configurations()))
          .should()
          .dependOnClassesThat(MACHINERY)
          .because(
              "the aggregate decides by what it is given: its rules are read and tested without"
                  + " the rest");

  private AggregateRules() {}

  static List<HouseRule> rules() {
    return List.of(new HouseRule("aggregate", AGGREGATES_ARE_PURE));
  }
}
