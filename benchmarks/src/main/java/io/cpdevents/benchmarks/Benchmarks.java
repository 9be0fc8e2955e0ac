package io.cpdevents.benchmarks;

import io.cpdevents.benchmarks.figures.Report;
import io.cpdevents.benchmarks.scenarios.Bench;
import io.cpdevents.benchmarks.scenarios.DatabaseLimit;
import io.cpdevents.benchmarks.scenarios.DoorRush;
import io.cpdevents.benchmarks.scenarios.FreeRegistrations;
import io.cpdevents.benchmarks.scenarios.FullDatabase;
import io.cpdevents.benchmarks.scenarios.Memory;
import io.cpdevents.benchmarks.scenarios.OnSaleRush;
import io.cpdevents.benchmarks.scenarios.OutboxLatency;
import io.cpdevents.benchmarks.scenarios.PaidRegistrations;
import io.cpdevents.benchmarks.scenarios.Reconciliation;
import io.cpdevents.benchmarks.scenarios.StartUp;
import io.cpdevents.benchmarks.scenarios.WaitlistRelease;
import io.cpdevents.benchmarks.scenarios.WebhookBurst;
import io.cpdevents.benchmarks.stage.Stage;
import io.cpdevents.local.Component;
import io.cpdevents.local.LocalFailure;
import io.cpdevents.local.LocalOptions;
import io.cpdevents.local.LocalPlatform;
import io.cpdevents.local.StartCaches;
import io.cpdevents.local.StartTraining;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The command behind {@code benchmarks/run}. */
public final class Benchmarks {

  private static final Path TARGET = Path.of("benchmarks", "target");

  private final BenchmarkOptions options;

  private final Report report;

  private Benchmarks(BenchmarkOptions options) {
    this.options = options;
    this.report = new Report(circumstances(options), System.out);
  }

  /** Exit code 0 when every invariant held, whatever the figures are. */
  public static void main(String[] arguments) {
    if (List.of(arguments).contains("--help")) {
      System.out.print(BenchmarkOptions.USAGE);
      return;
    }
    try {
      System.exit(new Benchmarks(BenchmarkOptions.of(arguments)).run() ? 0 : 1);
    } catch (IllegalArgumentException | LocalFailure e) {
      System.err.println("benchmarks: " + e.getMessage());
      System.exit(2);
    }
  }

  private boolean run() {
    Path home = TARGET.resolve("platform-" + ProcessHandle.current().pid());
    LocalOptions local = options(home);
    try {
      if (wants("start-up")) {
        StartUp.measure(local, report);
      }
      if (!options.scenarios().equals(Set.of("start-up"))) {
        try (LocalPlatform platform = LocalPlatform.start(trained(local.compiledThoroughly()))) {
          try (Stage stage = Stage.set(platform)) {
            play(stage);
          }
        }
      }
    } finally {
      report.printTable();
      report.write(TARGET.resolve("results.json"));
    }
    return report.isRight();
  }

  private LocalOptions options(Path home) {
    LocalOptions local =
        LocalOptions.forTests(home)
            .with("CPD_RATE_LIMITS", "relaxed")
            .with("SANDBOX_CAPTURE_DELAY_MS", "0");
    if (options.profiled().contains(Component.POSTGRES.wireName())) {
      local = local.with(LocalOptions.COUNT_STATEMENTS, "on");
    }
    for (Map.Entry<String, String> setting : options.settings().entrySet()) {
      local = local.with(setting.getKey(), setting.getValue());
    }
    return local;
  }

  /** The same with start caches that know what is hot under load, when that is wanted. */
  private LocalOptions trained(LocalOptions production) {
    if (options.training().isZero()) {
      return production;
    }
    StartTraining.run(
        options(production.home().resolve("training")).compiledThoroughly(),
        platform -> {
          try (Stage stage = Stage.set(platform)) {
            new PaidRegistrations(new Bench(options, stage, report)).warmUp(options.training());
          }
        },
        report::say);
    return production.with(StartCaches.USED);
  }

  private void play(Stage stage) {
    Bench bench = new Bench(options, stage, report);
    FreeRegistrations hot = FreeRegistrations.hot(bench);
    FreeRegistrations spread = FreeRegistrations.spread(bench);
    FreeRegistrations promoHot = FreeRegistrations.hotWithCode(bench);
    FreeRegistrations promoSpread = FreeRegistrations.spreadWithCode(bench);
    PaidRegistrations paid = new PaidRegistrations(bench);
    WebhookBurst webhooks = new WebhookBurst(bench);
    report.begin("warm-up");
    if (wants("free-hot")) {
      hot.warmUp(options.warmUp());
    }
    if (wants("free-spread")) {
      spread.warmUp(options.warmUp());
    }
    if (wants("promo-hot")) {
      promoHot.warmUp(options.warmUp());
    }
    if (wants("promo-spread")) {
      promoSpread.warmUp(options.warmUp());
    }
    if (wants("paid") || wants("webhooks")) {
      paid.warmUp(options.warmUp());
    }
    if (wants("webhooks")) {
      webhooks.warmUp();
    }
    Map<String, Double> reached = new HashMap<>();
    if (wants("free-hot")) {
      reached.put("free-hot", hot.run());
    }
    if (wants("free-spread")) {
      reached.put("free-spread", spread.run());
    }
    if (wants("promo-hot")) {
      share("without a code", promoHot.run(), reached.get("free-hot"));
    }
    if (wants("promo-spread")) {
      share("without a code", promoSpread.run(), reached.get("free-spread"));
    }
    if (wants("rush")) {
      new OnSaleRush(bench).run();
    }
    if (wants("waitlist")) {
      new WaitlistRelease(bench).run();
    }
    if (wants("check-in")) {
      new DoorRush(bench).run();
    }
    if (wants("paid")) {
      paid.run();
    }
    if (wants("webhooks")) {
      webhooks.run();
    }
    report.begin("memory");
    Memory.report(stage.platform(), report, "after load");
    if (wants("outbox")) {
      new OutboxLatency(bench).run();
    }
    if (wants("database-limit")) {
      new DatabaseLimit(bench).run(reached);
    }
    if (wants("reconciliation")) {
      new Reconciliation(bench).run();
    }
    if (wants("full-database")) {
      new FullDatabase(bench).run(reached);
    }
  }

  /** How much of something else it is, if that was measured. */
  private void share(String ofWhat, double perSecond, @Nullable Double of) {
    if (of != null) {
      report.add(
          "share of what it is " + ofWhat,
          100 * perSecond / of,
          "%",
          null,
          "%.0f of %.0f/s".formatted(perSecond, of));
    }
  }

  private boolean wants(String scenario) {
    return options.scenarios().contains(scenario);
  }

  private static Map<String, Object> circumstances(BenchmarkOptions options) {
    Map<String, Object> circumstances = new LinkedHashMap<>();
    circumstances.put("at", InstantSource.system().instant().toString());
    circumstances.put("cores", Runtime.getRuntime().availableProcessors());
    circumstances.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    circumstances.put("java", Runtime.version().toString());
    circumstances.put(
        "systemLoadBefore", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    circumstances.put("trainingSeconds", options.training().toSeconds());
    circumstances.put("warmUpSeconds", options.warmUp().toSeconds());
    circumstances.put("seconds", options.measured().toSeconds());
    circumstances.put("runs", options.runs());
    circumstances.put("settings", options.settings());
    return circumstances;
  }
}
