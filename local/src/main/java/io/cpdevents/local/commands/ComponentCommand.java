package io.cpdevents.local.commands;

import io.cpdevents.local.Component;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./cpd stop}, {@code kill}, {@code suspend}, {@code resume} and {@code start}. */
@Command
final class ComponentCommand implements Callable<Integer> {

  /** What is done to a component. */
  enum Action {
    STOP("ask a component to end (SIGTERM)"),
    KILL("end a component as a crash does (SIGKILL)"),
    SUSPEND("halt a component as it is (SIGSTOP)"),
    RESUME("let a suspended component go on (SIGCONT)"),
    START("start a component that has ended");

    private final String description;

    Action(String description) {
      this.description = description;
    }

    private String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Action action;
  private final RunningPlatform platform;

  // picocli sets it before the call.
  @SuppressWarnings("NullAway.Init")
  @Parameters(paramLabel = "SERVICE", description = "a component, as in ./cpd status")
  Component component;

  private ComponentCommand(Action action, RunningPlatform platform) {
    this.action = action;
    this.platform = platform;
  }

  /** The command that does this. */
  static CommandLine of(Action action, RunningPlatform platform) {
    CommandLine line = new CommandLine(new ComponentCommand(action, platform));
    line.getCommandSpec().name(action.wireName()).usageMessage().description(action.description);
    return line;
  }

  @Override
  public Integer call() {
    var status = platform.control().act(component, action.wireName());
    System.out.println(component.wireName() + " is " + status.state().wireName());
    return 0;
  }
}
