package io.cpdevents.local;

import io.cpdevents.platform.test.HouseDocs;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How to start a platform.
 *
 * @param repositoryRoot where the modules' {@code target} directories are
 * @param home data, secrets and logs; created
 * @param ports where it listens
 * @param jitMode how far its JVMs compile
 * @param startCaches whether they remember earlier starts
 * @param settings environment variables of the services, over those that {@link ServiceEnvironment}
 *     gives; also {@code CPD_DEMO_PASSWORD}, {@code CPD_RATE_LIMITS}, {@code CPD_STRIPE_API_BASE}…
 */
public record LocalOptions(
    Path repositoryRoot,
    Path home,
    Ports ports,
    JitMode jitMode,
    StartCaches startCaches,
    Map<String, String> settings) {

  /** {@code on}: PostgreSQL counts statements, see its extension {@code pg_stat_statements}. */
  public static final String COUNT_STATEMENTS = "CPD_COUNT_STATEMENTS";

  /** Environment variables that begin so reach the services. */
  private static final String PREFIX = "CPD_";

  private static final String HOME = "CPD_HOME";
  private static final String PORT_BASE = "CPD_PORT_BASE";
  private static final String JIT_MODE = "CPD_JIT_MODE";

  /** Those of them that are for the launcher only. */
  private static final Set<String> FOR_THE_LAUNCHER = Set.of(HOME, PORT_BASE, JIT_MODE);

  /** What {@code ./cpd} does with this environment. */
  public static LocalOptions fromEnvironment(Map<String, String> environment) {
    Path root = HouseDocs.repositoryRoot();
    Path home = root.resolve(environment.getOrDefault(HOME, ".local")).normalize();
    Map<String, String> settings = new LinkedHashMap<>();
    environment.forEach((name, value) -> {
      if (name.startsWith(PREFIX) && !FOR_THE_LAUNCHER.contains(name)) {
        settings.put(name, value);
      }
    });
    return new LocalOptions(
        root,
        home,
        new Ports(portBase(environment)),
        JitMode.named(environment.getOrDefault(JIT_MODE, "")),
        StartCaches.USED,
        Map.copyOf(settings));
  }

  /** A platform for tests: free ports, its data in this directory, nothing from the environment. */
  public static LocalOptions forTests(Path home) {
    return new LocalOptions(
        HouseDocs.repositoryRoot(),
        home.toAbsolutePath(),
        Ports.free(),
        JitMode.QUICK,
        StartCaches.IGNORED,
        Map.of());
  }

  /** The same, compiled as production does. */
  public LocalOptions compiledThoroughly() {
    return new LocalOptions(repositoryRoot, home, ports, JitMode.THOROUGH, startCaches, settings);
  }

  /** The same with another use of start caches. */
  public LocalOptions with(StartCaches other) {
    return new LocalOptions(repositoryRoot, home, ports, jitMode, other, settings);
  }

  /** The same at other ports. */
  public LocalOptions with(Ports other) {
    return new LocalOptions(repositoryRoot, home, other, jitMode, startCaches, settings);
  }

  /** The same with one more setting. */
  public LocalOptions with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    more.put(name, value);
    return new LocalOptions(repositoryRoot, home, ports, jitMode, startCaches, Map.copyOf(more));
  }

  /** Whether payments go to Stripe itself and not to the sandbox. */
  public boolean usesRealStripe() {
    String apiBase = settings.getOrDefault("CPD_STRIPE_API_BASE", "");
    return !apiBase.isBlank() && !apiBase.equals(sandboxUrl());
  }

  boolean countsStatements() {
    return settings.getOrDefault(COUNT_STATEMENTS, "").equals("on");
  }

  String sandboxUrl() {
    return urlOf(Component.STRIPE_SANDBOX);
  }

  /** A component's own address, past the gateway. */
  String urlOf(Component component) {
    return "http://127.0.0.1:" + ports.of(component);
  }

  /** Service jars, laid out; shared by all platforms of this working copy. */
  Path layouts() {
    return repositoryRoot.resolve(".local").resolve("services");
  }

  /** One log for each component, and the launcher's own when it runs in the background. */
  public Path logs() {
    return home.resolve("logs");
  }

  Path run() {
    return home.resolve("run");
  }

  Path logOf(Component component) {
    return logs().resolve(component.wireName() + ".log");
  }

  private static int portBase(Map<String, String> environment) {
    String text = environment.getOrDefault(PORT_BASE, "");
    if (text.isBlank()) {
      return Ports.DEFAULT_BASE;
    }
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new LocalFailure("CPD_PORT_BASE is not a number: " + text);
    }
  }
}
