package io.cpdevents.local.commands;

import io.cpdevents.local.Component;
import io.cpdevents.local.LocalFailure;
import io.cpdevents.local.LocalOptions;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads the command line of {@code ./cpd} and runs its command. */
@Command(
    name = "./cpd",
    description = "The whole platform on one machine.%n",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Commands of the script itself:",
      "  logs SERVICE  follow a component's log",
      "  fmt           format the sources",
      "",
      "CPD_PORT_BASE (8080) moves all ports, CPD_HOME (.local) the data: several platforms run side by side.",
      "CPD_JIT_MODE=thorough compiles as production does: for load, not for a quick start.",
      "CPD_DEMO_PASSWORD, CPD_RATE_LIMITS=production and the other CPD_ variables reach the services."
    })
public final class Cpd {

  private static final int FAILED = 1;
  private static final int HELP_COLUMNS = 120;
  private static final String[] HELP = {"help"};

  private Cpd() {}

  /** Exit code 0 when the command did its work, 1 otherwise. */
  public static void main(String[] arguments) {
    try {
      LocalOptions options = LocalOptions.fromEnvironment(System.getenv());
      System.exit(commandLine(options).execute(arguments.length == 0 ? HELP : arguments));
    } catch (LocalFailure e) {
      System.err.println("cpd: " + e.getMessage());
      System.exit(FAILED);
    }
  }

  /** All commands, in the order of the help. */
  static CommandLine commandLine(LocalOptions options) {
    RunningPlatform platform = new RunningPlatform(options);
    StatusCommand status = new StatusCommand(options);
    DetachedLauncher launcher = new DetachedLauncher(options);
    DownCommand down = new DownCommand(options);
    CommandLine line =
        new CommandLine(new Cpd())
            .addSubcommand(new UpCommand(options, platform, launcher))
            .addSubcommand(new DemoCommand(options, platform, launcher, status))
            .addSubcommand(status)
            .addSubcommand(
                new CommandLine(new ClockCommand(platform))
                    .addSubcommand(new AdvanceClockCommand(platform)));
    line.addSubcommand(new ReconcileCommand(options, platform))
        .addSubcommand(
            new CommandLine(new AuditCommand())
                .addSubcommand(new VerifyAuditLogCommand(options, platform)));
    for (ComponentCommand.Action action : ComponentCommand.Action.values()) {
      line.addSubcommand(ComponentCommand.of(action, platform));
    }
    line.addSubcommand(new EnvCommand(options, platform))
        .addSubcommand(down)
        .addSubcommand(new TrainCommand(options))
        .addSubcommand(new ResetCommand(options, down));
    addHelpOption(line);
    // It has a help option of its own.
    CommandLine help = new CommandLine(new HelpCommand());
    help.getCommandSpec().usageMessage().header("tell how a command is used");
    line.addSubcommand(help);
    return line.registerConverter(Duration.class, new DurationConverter())
        .registerConverter(Component.class, new ComponentConverter())
        .setUsageHelpWidth(HELP_COLUMNS)
        .setParameterExceptionHandler((wrong, arguments) -> refuse(wrong))
        .setExecutionExceptionHandler((problem, command, arguments) -> fail(problem, command));
  }

  /** For a command and the commands below it. */
  private static void addHelpOption(CommandLine line) {
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .type(boolean.class)
                .usageHelp(true)
                .description("tell how it is used")
                .build());
    line.getSubcommands().values().forEach(Cpd::addHelpOption);
  }

  /** What cannot be understood is answered with the help. */
  private static int refuse(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    boolean unknownCommand =
        wrong instanceof UnmatchedArgumentException && command.getParent() == null;
    String problem =
        unknownCommand
            ? "unknown command '%s'"
                .formatted(((UnmatchedArgumentException) wrong).getUnmatched().getFirst())
            : wrong.getMessage();
    PrintWriter errors = command.getErr();
    errors.println("cpd: " + problem + "\n");
    command.usage(errors);
    return FAILED;
  }

  private static int fail(Exception problem, CommandLine command) throws Exception {
    if (problem instanceof LocalFailure) {
      command.getErr().println("cpd: " + problem.getMessage());
      return FAILED;
    }
    throw problem;
  }
}
