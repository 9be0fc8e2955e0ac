package io.cpdevents.benchmarks.figures;

import io.cpdevents.contracts.ContractsJson;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects figures, tells each as it comes, and writes all of them at the end. */
public final class Report {

  private static final double WHOLE_NUMBERS_FROM = 100;

  private final Map<String, Object> circumstances;
  private final PrintStream console;
  private final Yardstick yardstick = new Yardstick();

  /** How slow the machine was before and after each scenario, by the yardstick. */
  private final Map<String, List<Double>> slowness = new LinkedHashMap<>();

  private final List<Figure> figures = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private String scenario = "";

  /**
   * @param circumstances date, machine, options: what the figures depend on
   */
  public Report(Map<String, Object> circumstances, PrintStream console) {
    this.circumstances = circumstances;
    this.console = console;
  }

  /** What follows belongs to this scenario. */
  public void begin(String name) {
    lookAtTheMachine(name);
    scenario = name;
    console.printf("%n%s%n", name);
  }

  /** Once after what was measured and before what is measured next. */
  private void lookAtTheMachine(String next) {
    double now = yardstick.slowness();
    Stream.of(scenario, next)
        .distinct()
        .forEach(each -> slowness.computeIfAbsent(each, _ -> new ArrayList<>()).add(now));
  }

  private double slownessDuring(String name) {
    return slowness.getOrDefault(name, List.of()).stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow();
  }

  /** Adds a figure without a target. */
  public void add(String name, double value, String unit) {
    add(name, value, unit, null, "");
  }

  /** Adds a figure. */
  public void add(String name, double value, String unit, @Nullable Target target, String note) {
    Figure figure = new Figure(scenario, name, value, unit, target, note);
    figures.add(figure);
    console.println("  " + line(figure));
  }

  /** Something that must be true was not: the figures of the scenario count for nothing. */
  public void violated(String sentence) {
    violations.add(scenario + ": " + sentence);
    console.println("  VIOLATED " + sentence);
  }

  /** Whether everything stayed right. */
  public boolean isRight() {
    return violations.isEmpty();
  }

  /** A remark while something takes its time. */
  public void say(String sentence) {
    console.println("  … " + sentence);
  }

  /**
   * All figures again, in one table; those that miss their target with what is wanted on a machine
   * as slow as this one.
   */
  public void printTable() {
    lookAtTheMachine("");
    console.printf("%n%s%n", circumstances);
    String last = "";
    for (Figure figure : figures) {
      if (!figure.scenario().equals(last)) {
        last = figure.scenario();
        console.printf(
            "%s (a machine %.1f times as slow as that of the targets)%n",
            last, slownessDuring(last));
      }
      console.println("  " + line(figure) + here(figure));
    }
    console.println(
        violations.isEmpty()
            ? "Every invariant held after every run."
            : "VIOLATED:\n  " + String.join("\n  ", violations));
  }

  /** Writes everything as JSON. */
  public void write(Path file) {
    Map<String, Object> all = new LinkedHashMap<>(circumstances);
    all.put("slowness", slowness);
    all.put("figures", figures);
    all.put("violations", violations);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(
          file, ContractsJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + file, e);
    }
  }

  /** What is wanted of a figure on a machine as slow as this one, when it misses its target. */
  private String here(Figure figure) {
    Target target = figure.target();
    if (target == null || !target.verdict(figure.value()).equals("missed")) {
      return "";
    }
    Target here = target.onMachine(slownessDuring(figure.scenario()));
    return " [here %s: %s]".formatted(here.text(), here.verdict(figure.value()));
  }

  private static String line(Figure figure) {
    Target target = figure.target();
    return String.format(
            Locale.ROOT,
            "%-58s %12s %-8s %-16s %-7s %s",
            figure.name(),
            number(figure.value()),
            figure.unit(),
            target == null ? "" : target.text(),
            target == null ? "" : target.verdict(figure.value()),
            figure.note())
        .stripTrailing();
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return String.format(
        Locale.ROOT, Math.abs(value) >= WHOLE_NUMBERS_FROM ? "%,.0f" : "%.2f", value);
  }
}
