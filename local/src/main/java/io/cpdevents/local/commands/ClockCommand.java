package io.cpdevents.local.commands;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ./cpd clock}. */
@Command(
    name = "clock",
    description = "the business time now; ./cpd clock advance 15d moves everybody's clock")
final class ClockCommand implements Callable<Integer> {

  private final RunningPlatform platform;

  ClockCommand(RunningPlatform platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    System.out.println(platform.control().clock().now());
    return 0;
  }
}
