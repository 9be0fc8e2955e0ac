package io.cpdevents.platform.test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.cpdevents.platform.test.rules.HouseRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rules of the house that can be read from the classes of a service. Each service has one test:
 * {@code HouseRules.check("io.cpdevents.billing")}. All violations are reported at once.
 */
public final class HouseRules {

  private final String basePackage;
  private final JavaClasses classes;
  private List<HouseRule> rules;

  /** Names of classes by the rule that they may break. */
  private final TreeMap<String, Set<String>> exceptions = new TreeMap<>();

  private HouseRules(String basePackage, JavaClasses classes) {
    if (classes.isEmpty()) {
      throw new AssertionError("no classes in " + basePackage);
    }
    this.basePackage = basePackage;
    this.classes = classes;
    this.rules = HouseRule.all(basePackage);
  }

  /** Checks every class of the package and below it, tests apart. */
  public static void check(String basePackage) {
    in(basePackage).check();
  }

  /** The same with exceptions, each with its reason. */
  public static HouseRules in(String basePackage) {
    return of(
        basePackage,
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(basePackage));
  }

  /** On classes that were imported already. */
  static HouseRules of(String basePackage, JavaClasses classes) {
    return new HouseRules(basePackage, classes);
  }

  /**
   * The users of its public types are other modules, so what they do not use is not seen; what is
   * not public must be used in it.
   */
  public HouseRules asLibrary() {
    rules = HouseRule.allOfLibrary(basePackage);
    return this;
  }

  /**
   * Checks these rules alone, for a module that is no service.
   *
   * @param names as in the messages
   */
  public HouseRules only(String... names) {
    Set<String> wanted = Set.of(names);
    rules = rules.stream().filter(rule -> wanted.contains(rule.name())).toList();
    if (rules.stream().map(HouseRule::name).distinct().count() < wanted.size()) {
      throw new IllegalArgumentException("there are no rules for all of " + wanted);
    }
    return this;
  }

  /**
   * Lets one class break one rule.
   *
   * @param rule its name, as in the message
   * @param simpleClassName of the top-level class
   * @param reason for the reader
   */
  public HouseRules except(String rule, String simpleClassName, String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("an exception needs a reason");
    }
    if (rules.stream().noneMatch(known -> known.name().equals(rule))) {
      throw new IllegalArgumentException(
          "there is no rule '%s', only %s"
              .formatted(
                  rule,
                  rules.stream()
                      .map(HouseRule::name)
                      .distinct()
                      .collect(Collectors.joining(", "))));
    }
    exceptions.computeIfAbsent(rule, name -> new TreeSet<>()).add(simpleClassName);
    return this;
  }

  /** Fails with all violations, and with the exceptions that nothing needs. */
  public void check() {
    List<String> problems = new ArrayList<>();
    for (HouseRule rule : rules) {
      List<String> violations =
          rule.violations(classes, exceptions.getOrDefault(rule.name(), Set.of()));
      if (!violations.isEmpty()) {
        problems.add(
            "[%s] %s\n    %s"
                .formatted(
                    rule.name(), rule.rule().getDescription(), String.join("\n    ", violations)));
      }
    }
    exceptions.forEach((rule, names) -> {
      for (String name : names) {
        if (!breaks(name, rule)) {
          problems.add("[%s] %s keeps the rule: delete its exception".formatted(rule, name));
        }
      }
    });
    if (!problems.isEmpty()) {
      throw new AssertionError("broken house rules:\n" + String.join("\n", problems));
    }
  }

  private boolean breaks(String simpleClassName, String ruleName) {
    return rules.stream()
        .filter(rule -> rule.name().equals(ruleName))
        .anyMatch(rule -> rule.isBrokenIn(simpleClassName, classes));
  }
}
