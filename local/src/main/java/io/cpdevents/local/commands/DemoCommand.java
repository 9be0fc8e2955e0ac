package io.cpdevents.local.commands;

import io.cpdevents.local.Launcher;
import io.cpdevents.local.LocalFailure;
import io.cpdevents.local.LocalOptions;
import io.cpdevents.local.demo.MainJob;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ./cpd demo}. */
@Command(
    name = "demo",
    description = "start everything if need be, then run the main job and tell it step by step")
final class DemoCommand implements Callable<Integer> {

  private final LocalOptions options;
  private final RunningPlatform platform;
  private final DetachedLauncher launcher;
  private final StatusCommand status;

  DemoCommand(
      LocalOptions options,
      RunningPlatform platform,
      DetachedLauncher launcher,
      StatusCommand status) {
    this.options = options;
    this.platform = platform;
    this.launcher = launcher;
    this.status = status;
  }

  @Override
  public Integer call() {
    if (Launcher.of(options).isPresent()) {
      requireEverythingUp();
    } else if (!launcher.start()) {
      throw new LocalFailure(
          "the demo needs every component; what failed is above. ./cpd down stops the rest.");
    }
    boolean good = new MainJob(options).run(System.out);
    System.out.println();
    status.call();
    System.out.println();
    System.out.println(platform.addresses());
    System.out.println("\nThe platform goes on running; ./cpd down stops it.");
    return good ? 0 : 1;
  }

  private void requireEverythingUp() {
    List<String> down =
        platform.control().statuses().stream()
            .filter(component -> !component.answers())
            .map(component -> component.name() + " (" + component.state() + ")")
            .toList();
    if (!down.isEmpty()) {
      throw new LocalFailure(
          "the platform runs, but not all of it: "
              + String.join(", ", down)
              + "\nStart it with ./cpd start NAME, or all again: ./cpd down && ./cpd demo");
    }
  }
}
