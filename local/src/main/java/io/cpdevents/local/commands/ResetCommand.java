package io.cpdevents.local.commands;

import io.cpdevents.local.FileTree;
import io.cpdevents.local.LocalOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ./cpd reset}. */
@Command(name = "reset", description = "stop everything and delete the data")
final class ResetCommand implements Callable<Integer> {

  private static final List<String> DATA =
      List.of(
          "postgres", "kafka", "mail", "logs", "run", "secrets.properties", "clock-offset-seconds");

  private final LocalOptions options;
  private final DownCommand down;

  ResetCommand(LocalOptions options, DownCommand down) {
    this.options = options;
    this.down = down;
  }

  @Override
  public Integer call() {
    down.call();
    DATA.forEach(name -> FileTree.delete(options.home().resolve(name)));
    System.out.println("The data in " + options.home() + " is deleted.");
    return 0;
  }
}
