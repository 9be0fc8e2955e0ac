package io.cpdevents.local.commands;

import io.cpdevents.local.Launcher;
import io.cpdevents.local.LocalFailure;
import io.cpdevents.local.LocalOptions;
import io.cpdevents.local.LocalPlatform;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** {@code ./cpd down}. */
@Command(name = "down", description = "stop everything; the data stays")
final class DownCommand implements Callable<Integer> {

  private static final Duration MAX_STOP_TIME = Duration.ofMinutes(2);

  private final LocalOptions options;

  DownCommand(LocalOptions options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    Optional<Launcher> launcher = Launcher.of(options);
    if (launcher.isEmpty()) {
      List<String> left = LocalPlatform.endLeftovers(options);
      System.out.println(
          left.isEmpty()
              ? "Nothing runs here."
              : "Stopped what was left: " + String.join(", ", left));
      return 0;
    }
    System.out.println("Stopping…");
    launcher.get().control().down();
    ProcessHandle.of(launcher.get().pid()).ifPresent(DownCommand::awaitEnd);
    System.out.println("Everything is stopped. The data stays in " + options.home());
    return 0;
  }

  private static void awaitEnd(ProcessHandle launcher) {
    try {
      launcher.onExit().get(MAX_STOP_TIME.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new LocalFailure("the launcher (pid %d) does not end".formatted(launcher.pid()));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalFailure("interrupted while waiting for the end");
    }
  }
}
