package io.cpdevents.platform.test.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** Who speaks to the database. */
final class RepositoryRules {

  private static final Set<String> JDBC =
      Set.of(
          "org.springframework.jdbc.core.simple.JdbcClient",
          "org.springframework.jdbc.core.JdbcOperations",
          "org.springframework.jdbc.core.JdbcTemplate",
          "org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations",
          "org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate");

  private static final DescribedPredicate<JavaClass> CLASSES_WITH_SQL =
      describe(
          "use JDBC",
          type ->
              type.getDirectDependenciesFromSelf().stream()
                  .anyMatch(dependency -> JDBC.contains(dependency.getTargetClass().getName())));

  private static final ArchRule REPOSITORIES_ARE_PACKAGE_PRIVATE =
      classes()
          .that(CLASSES_WITH_SQL)
          .and()
          .areTopLevelClasses()
          .and(not(Kinds.queries()))
          .should()
          .bePackagePrivate()
          .because(
              "a table is written by the use cases of its feature only; what others may read, a"
                  + " class *Queries returns as views");

  private RepositoryRules() {}

  static List<HouseRule> rules() {
    return List.of(new HouseRule("repository", REPOSITORIES_ARE_PACKAGE_PRIVATE));
  }
}
