package io.cpdevents.local;

import io.cpdevents.local.demo.MainJob;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A start whose services write down what they load, with the main job, so that its classes are
 * among it; then a {@link StartCache} for each. On free ports and in a directory of its own, so it
 * disturbs no platform that runs.
 */
public final class StartTraining {

  private static final double BYTES_PER_MEGABYTE = 1e6;

  private StartTraining() {}

  /**
   * Takes some minutes; holds until a service's jar is built anew.
   *
   * @param options of {@link LocalOptions#forTests}; the caches serve platforms of this {@link
   *     JitMode}
   * @throws LocalFailure when something does not start, or a cache cannot be made
   */
  public static void run(LocalOptions options, Progress progress) {
    run(options, platform -> doMainJob(options), progress);
  }

  /**
   * The same with other work than the main job once: what it makes hot is compiled early later.
   *
   * @param work on the platform that writes down
   */
  public static void run(LocalOptions options, Consumer<LocalPlatform> work, Progress progress) {
    List<Component> services =
        Arrays.stream(Component.values()).filter(Component::isService).toList();
    LocalOptions recorded = options.with(StartCaches.RECORDED);
    progress.tell("Starting on other ports, to write down what is loaded…");
    try (LocalPlatform platform = LocalPlatform.start(recorded)) {
      work.accept(platform);
      // One by one, for each writes as it ends; first who calls the others.
      services.reversed().forEach(platform::stop);
    }
    for (Component service : services) {
      StartCache cache = new StartCache(ServiceJar.of(service, recorded));
      long bytes = cache.make(JvmCommand.of(service, recorded.jitMode()));
      progress.tell("  %-15s %4.0f MB".formatted(service.wireName(), bytes / BYTES_PER_MEGABYTE));
    }
  }

  private static void doMainJob(LocalOptions options) {
    PrintStream unheard =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    if (!new MainJob(options).run(unheard)) {
      throw new LocalFailure("the main job failed; ./cpd demo tells where");
    }
  }
}
