package io.cpdevents.platform.test.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A rule of the house.
 *
 * @param name by which exceptions and messages call it; rules about one thing may share it
 */
public record HouseRule(String name, ArchRule rule) {

  /** A service need not have something of everything. */
  public HouseRule {
    rule = rule.allowEmptyShould(true);
  }

  /** All rules, in the order of the messages. */
  public static List<HouseRule> all(String basePackage) {
    return all(basePackage, UnusedRules.rules());
  }

  /** All rules for a module whose users are other modules. */
  public static List<HouseRule> allOfLibrary(String basePackage) {
    return all(basePackage, UnusedRules.rulesOfLibrary());
  }

  private static List<HouseRule> all(String basePackage, List<HouseRule> unused) {
    return Stream.of(
            NameRules.rules(),
            LimitRules.rules(),
            TimeRules.rules(),
            MoneyRules.rules(),
            AggregateRules.rules(),
            RepositoryRules.rules(),
            UseCaseRules.rules(),
            TransactionRules.rules(),
            MessagingRules.rules(basePackage),
            PlaceRules.rules(),
            AccessRules.rules(),
            AuditRules.rules(),
            InputRules.rules(),
            ComponentRules.rules(),
            unused)
        .flatMap(List::stream)
        .toList();
  }

  /** What of these classes breaks it, a line each; {@code files} are top-level classes left out. */
  public List<String> violations(JavaClasses classes, Set<String> files) {
    return violations(classes.that(describe("are checked", type -> !isIn(files, type))));
  }

  /** Whether the file of this top-level class breaks it. */
  public boolean isBrokenIn(String file, JavaClasses classes) {
    return !violations(classes.that(describe("are in " + file, type -> isIn(Set.of(file), type))))
        .isEmpty();
  }

  private List<String> violations(JavaClasses some) {
    return rule.evaluate(some).getFailureReport().getDetails().stream().sorted().toList();
  }

  private static boolean isIn(Set<String> files, JavaClass type) {
    return files.contains(Kinds.topLevel(type).getSimpleName());
  }
}
