package io.cpdevents.local;

import io.cpdevents.local.demo.MainJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands behind {@code ./cpd}. */
public final class Cpd {

  private static final String USAGE =
      """
      ./cpd up [--detach]            start everything; Ctrl-C (or ./cpd down) stops it
      ./cpd demo                     start everything if need be, then run the main job and tell it step by step
      ./cpd status                   what runs, on which port, with how much memory
      ./cpd logs SERVICE             follow a component's log
      ./cpd clock advance DURATION   move everybody's clock: 15d, 2h, 30m, 45s
      ./cpd clock                    the business time now
      ./cpd stop|kill|suspend|resume|start SERVICE
      ./cpd down                     stop everything; the data stays
      ./cpd train                    some minutes, once for a build: from then on it starts in two thirds of the time
      ./cpd reset                    stop everything and delete the data
      ./cpd fmt                      format the sources

      CPD_PORT_BASE (8080) moves all ports, CPD_HOME (.local) the data: several platforms run side by side.
      CPD_COMPILER=thorough compiles as production does: for load, not for a quick start.
      CPD_DEMO_PASSWORD, CPD_RATE_LIMITS=production and the other CPD_ variables reach the services.
      """;

  private static final Duration STOPPED_WITHIN = Duration.ofMinutes(2);
  private static final Duration DETACHED_UP_WITHIN = Duration.ofMinutes(8);
  private static final Duration LOOK_EVERY = Duration.ofMillis(300);
  private static final Pattern DURATION = Pattern.compile("(\\d{1,7})([dhms])");
  private static final double NANOS_PER_SECOND = 1e9;

  private final LocalOptions options;

  private Cpd(LocalOptions options) {
    this.options = options;
  }

  /** Exit code 0 when the command did its work, 1 otherwise. */
  public static void main(String[] arguments) {
    try {
      LocalOptions options = LocalOptions.fromEnvironment(System.getenv());
      int code = new Cpd(options).run(List.of(arguments));
      System.exit(code);
    } catch (LocalFailure e) {
      System.err.println("cpd: " + e.getMessage());
      System.exit(1);
    }
  }

  /** {@code 15d}, {@code 2h}, {@code 30m} or {@code 45s}. */
  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new LocalFailure("'" + text + "' is not a duration: 15d, 2h, 30m or 45s");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "d" -> Duration.ofDays(amount);
      case "h" -> Duration.ofHours(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofSeconds(amount);
    };
  }

  private int run(List<String> words) {
    String command = words.isEmpty() ? "help" : words.getFirst();
    return switch (command) {
      case "up" -> words.contains("--detach") ? upDetached() : up();
      case "demo" -> demo();
      case "status" -> status();
      case "clock" -> clock(words);
      case "stop", "kill", "suspend", "resume", "start" -> signal(command, words);
      case "down" -> down();
      case "train" -> train();
      case "reset" -> reset();
      case "help", "--help", "-h" -> {
        System.out.print(USAGE);
        yield 0;
      }
      default -> throw new LocalFailure("unknown command '" + command + "'\n\n" + USAGE);
    };
  }

  private int up() {
    long began = System.nanoTime();
    LocalPlatform platform = LocalPlatform.startWhatCanBe(options, System.out::println);
    Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "stop-platform"));
    List<String> problems = platform.problems();
    if (problems.isEmpty()) {
      System.out.printf(
          Locale.ROOT, "Ready after %.1f s.%n%n", (System.nanoTime() - began) / NANOS_PER_SECOND);
    } else {
      System.out.println("\nNOT everything runs:\n  " + String.join("\n  ", problems) + "\n");
    }
    System.out.println(addresses());
    System.out.println("\nCtrl-C or ./cpd down stops everything.");
    platform.awaitClose();
    return 0;
  }

  /** A launcher of its own in the background, its output shown until everything is ready. */
  private int upDetached() {
    LauncherLock.holder(options)
        .ifPresent(holder -> {
          throw new LocalFailure(
              "the platform runs already (pid %d, http://localhost:%d).\nSee it with ./cpd status, stop it with ./cpd down."
                  .formatted(holder.pid(), holder.portBase()));
        });
    Path log = options.logs().resolve("launcher.log");
    try {
      Files.createDirectories(log.getParent());
      Files.deleteIfExists(log);
      List<String> command =
          new ArrayList<>(
              List.of("sh", "-c", "nohup \"$@\" >\"$CPD_LAUNCHER_LOG\" 2>&1 </dev/null &", "cpd"));
      command.addAll(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx64m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              Cpd.class.getName(),
              "up"));
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(options.repositoryRoot().toFile());
      builder.environment().put("CPD_LAUNCHER_LOG", log.toString());
      builder.start().waitFor();
      return follow(log);
    } catch (IOException e) {
      throw new LocalFailure("could not start in the background: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalFailure("interrupted; ./cpd status tells what runs");
    }
  }

  private int follow(Path log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + DETACHED_UP_WITHIN.toNanos();
    int shown = 0;
    while (System.nanoTime() < deadline) {
      List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
      for (String line : lines.subList(Math.min(shown, lines.size()), lines.size())) {
        if (line.startsWith("Ctrl-C")) {
          return lines.stream().anyMatch(other -> other.startsWith("NOT everything")) ? 1 : 0;
        }
        if (line.startsWith("cpd: ")) {
          System.err.println(String.join("\n", lines.subList(lines.indexOf(line), lines.size())));
          return 1;
        }
        System.out.println(line);
      }
      shown = lines.size();
      Thread.sleep(LOOK_EVERY);
    }
    throw new LocalFailure("not ready in time, see " + log);
  }

  private int demo() {
    if (LauncherLock.holder(options).isEmpty()) {
      if (upDetached() != 0) {
        throw new LocalFailure(
            "the demo needs every component; what failed is above. ./cpd down stops the rest.");
      }
    } else {
      requireEverythingUp();
    }
    boolean good = new MainJob(options).run(System.out);
    System.out.println();
    status();
    System.out.println();
    System.out.println(addresses());
    System.out.println("\nThe platform goes on running; ./cpd down stops it.");
    return good ? 0 : 1;
  }

  private void requireEverythingUp() {
    List<String> down =
        statuses().stream()
            .filter(status -> !"UP".equals(status.health()))
            .map(status -> status.name() + " (" + status.state() + ")")
            .toList();
    if (!down.isEmpty()) {
      throw new LocalFailure(
          "the platform runs, but not all of it: "
              + String.join(", ", down)
              + "\nStart it with ./cpd start NAME, or all again: ./cpd down && ./cpd demo");
    }
  }

  private int status() {
    if (LauncherLock.holder(options).isEmpty()) {
      System.out.println("Nothing runs here. Start it with ./cpd up");
      return 1;
    }
    List<ComponentStatus> statuses = statuses();
    System.out.printf(
        Locale.ROOT,
        "%-15s %-10s %-6s %8s %6s %9s %8s%n",
        "",
        "state",
        "health",
        "pid",
        "port",
        "start",
        "memory");
    for (ComponentStatus status : statuses) {
      System.out.printf(
          Locale.ROOT,
          "%-15s %-10s %-6s %8s %6d %9s %8s%n",
          status.name(),
          status.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          status.health(),
          status.pid() == null ? "" : status.pid(),
          status.port(),
          status.startSeconds() == null
              ? ""
              : String.format(Locale.ROOT, "%.1f s", status.startSeconds()),
          status.memoryMegabytes() == null ? "" : status.memoryMegabytes() + " MB");
      if (status.problem() != null) {
        System.out.println("    " + status.problem());
      }
    }
    long launcher =
        LauncherLock.holder(options).map(holder -> memoryOf(holder.pid(), statuses)).orElse(0L);
    long all =
        statuses.stream()
            .mapToLong(status -> Optional.ofNullable(status.memoryMegabytes()).orElse(0L))
            .sum();
    System.out.printf(
        Locale.ROOT,
        "launcher %d MB, together %d MB; business time is %s ahead%n",
        launcher,
        all + launcher,
        Duration.ofSeconds(controlApi().get("/clock").path("offsetSeconds").asLong()));
    return statuses.stream().allMatch(status -> "UP".equals(status.health())) ? 0 : 1;
  }

  /** The launcher's own share: the components are its descendants. */
  private static long memoryOf(long launcher, List<ComponentStatus> statuses) {
    long all = ProcessMemory.megabytes(launcher);
    long components =
        statuses.stream()
            .mapToLong(status -> Optional.ofNullable(status.memoryMegabytes()).orElse(0L))
            .sum();
    return Math.max(0, all - components);
  }

  private int clock(List<String> words) {
    ControlApi control = controlApi();
    if (words.size() == 1) {
      System.out.println(control.get("/clock").path("now").asString());
      return 0;
    }
    if (words.size() != 3 || !words.get(1).equals("advance")) {
      throw new LocalFailure("say how far: ./cpd clock advance 15d");
    }
    long seconds = duration(words.get(2)).toSeconds();
    System.out.println("Moving the clock…");
    var now = control.post("/clock/advance", "{\"seconds\": %d}".formatted(seconds));
    System.out.println("It is now " + now.path("now").asString());
    return 0;
  }

  private int signal(String command, List<String> words) {
    if (words.size() != 2) {
      throw new LocalFailure("say which: ./cpd " + command + " billing");
    }
    Component component = Component.named(words.get(1));
    var status =
        controlApi()
            .post("/components/%s/%s?waitSeconds=120".formatted(component.wireName(), command), "");
    System.out.println(component.wireName() + " is " + status.path("state").asString());
    return 0;
  }

  private int down() {
    Optional<LauncherLock.Holder> holder = LauncherLock.holder(options);
    if (holder.isEmpty()) {
      List<String> left = LocalPlatform.endLeftovers(options);
      System.out.println(
          left.isEmpty()
              ? "Nothing runs here."
              : "Stopped what was left: " + String.join(", ", left));
      return 0;
    }
    long pid = holder.get().pid();
    System.out.println("Stopping…");
    new ControlApi(new Ports(holder.get().portBase())).post("/down", "");
    ProcessHandle.of(pid).ifPresent(Cpd::awaitEnd);
    System.out.println("Everything is stopped. The data stays in " + options.home());
    return 0;
  }

  private static void awaitEnd(ProcessHandle launcher) {
    long deadline = System.nanoTime() + STOPPED_WITHIN.toNanos();
    try {
      while (launcher.isAlive()) {
        if (System.nanoTime() > deadline) {
          throw new LocalFailure("the launcher (pid %d) does not end".formatted(launcher.pid()));
        }
        Thread.sleep(LOOK_EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalFailure("interrupted while waiting for the end");
    }
  }

  private int train() {
    Path home = options.home().resolve("train");
    LocalOptions training = LocalOptions.forTests(home);
    if (LauncherLock.holder(training).isPresent()) {
      throw new LocalFailure("another ./cpd train is under way in " + home);
    }
    deleteTree(home);
    StartTraining.run(training, System.out::println);
    deleteTree(home);
    System.out.println("./cpd up starts with these caches until something is built anew.");
    return 0;
  }

  private int reset() {
    down();
    for (String name :
        List.of(
            "postgres",
            "kafka",
            "mail",
            "logs",
            "run",
            "secrets.properties",
            "clock-offset-seconds")) {
      deleteTree(options.home().resolve(name));
    }
    System.out.println("The data in " + options.home() + " is deleted.");
    return 0;
  }

  private static void deleteTree(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new LocalFailure("could not delete " + path + ": " + e);
    }
  }

  private List<ComponentStatus> statuses() {
    return controlApi().statuses();
  }

  private ControlApi controlApi() {
    return new ControlApi(
        LauncherLock.holder(options)
            .map(holder -> new Ports(holder.portBase()))
            .orElseThrow(() -> new LocalFailure("nothing runs here. Start it with ./cpd up")));
  }

  private String addresses() {
    Ports ports =
        LauncherLock.holder(options)
            .map(holder -> new Ports(holder.portBase()))
            .orElse(options.ports());
    Map<String, String> settings = options.settings();
    String password =
        settings.containsKey("CPD_DEMO_PASSWORD")
            ? "that of CPD_DEMO_PASSWORD"
            : "local demo password";
    return """
    API            http://localhost:%d/api/v1      documentation: http://localhost:%d/docs
    mailbox        http://localhost:%d
    Stripe sandbox http://localhost:%d
    control        http://127.0.0.1:%d/components
    log-ins        admin@cpd.local, finance@cpd.local, support@cpd.local      password: %s\
    """
        .formatted(
            ports.of(Component.GATEWAY),
            ports.of(Component.GATEWAY),
            ports.of(Component.MAILBOX),
            ports.of(Component.STRIPE_SANDBOX),
            ports.control(),
            password);
  }
}
