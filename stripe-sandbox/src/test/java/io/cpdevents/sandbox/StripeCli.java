package io.cpdevents.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Stripe's CLI, as npm installs it. It is installed once for a build directory; it is not available
 * without Node or when npm reaches no registry.
 */
final class StripeCli {
  private static final String VERSION = "1.52.0";
  private static final Path HOME = Path.of("target", "stripe-cli").toAbsolutePath();
  private static final Path PROGRAM = HOME.resolve("node_modules/@stripe/cli/bin/shim.js");
  private static final Duration MAX_INSTALLATION_TIME = Duration.ofMinutes(2);
  private static final Duration MAX_RUN_TIME = Duration.ofMinutes(1);

  private StripeCli() {}

  /** The output of a program, and its exit code. */
  record Ended(int code, String output) {}

  static Optional<StripeCli> installed() {
    if (!Files.exists(PROGRAM)) {
      Ended installation =
          run(
              MAX_INSTALLATION_TIME,
              "npm",
              "install",
              "--prefix",
              HOME.toString(),
              "--no-save",
              "--no-audit",
              "--no-fund",
              "--ignore-scripts",
              "--prefer-offline",
              "--fetch-retries=0",
              "@stripe/cli@" + VERSION);
      if (installation.code() != 0) {
        return Optional.empty();
      }
    }
    return Optional.of(new StripeCli()).filter(StripeCli::runs);
  }

  private boolean runs() {
    return run(MAX_RUN_TIME, "node", PROGRAM.toString(), "version").code() == 0;
  }

  /** Triggers this event. */
  Ended trigger(String event, String apiBase) {
    return run(MAX_RUN_TIME, "node", PROGRAM.toString(), "trigger", event, "--api-base", apiBase);
  }

  /** Plays a file of requests. */
  Ended play(Path fixture, String apiBase) {
    return run(
        MAX_RUN_TIME,
        "node",
        PROGRAM.toString(),
        "fixtures",
        fixture.toAbsolutePath().toString(),
        "--api-base",
        apiBase);
  }

  private static Ended run(Duration limit, String... command) {
    try {
      Files.createDirectories(HOME);
      Path output = Files.createTempFile(HOME, "output", ".txt");
      ProcessBuilder builder = new ProcessBuilder(List.of(command));
      builder.environment().put("STRIPE_API_KEY", "sk_test_sandbox");
      builder.environment().put("STRIPE_CLI_TELEMETRY_OPTOUT", "1");
      builder.environment().put("XDG_CONFIG_HOME", HOME.resolve("config").toString());
      Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      String said = Files.readString(output, StandardCharsets.UTF_8);
      Files.delete(output);
      return new Ended(ended ? process.exitValue() : -1, said);
    } catch (IOException e) {
      // The program is not installed.
      return new Ended(-1, e.toString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
