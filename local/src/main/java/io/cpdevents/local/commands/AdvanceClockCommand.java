package io.cpdevents.local.commands;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./cpd clock advance}. */
@Command(name = "advance", description = "move everybody's clock, in steps of at most a day")
final class AdvanceClockCommand implements Callable<Integer> {

  private final RunningPlatform platform;

  @Parameters(paramLabel = "DURATION", description = "15d, 2h, 30m or 45s")
  Duration by = Duration.ZERO;

  AdvanceClockCommand(RunningPlatform platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    System.out.println("Moving the clock…");
    System.out.println("It is now " + platform.control().advanceClock(by).now());
    return 0;
  }
}
