package io.cpdevents.local.commands;

import io.cpdevents.local.FileTree;
import io.cpdevents.local.Launcher;
import io.cpdevents.local.LocalFailure;
import io.cpdevents.local.LocalOptions;
import io.cpdevents.local.StartTraining;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ./cpd train}. */
@Command(
    name = "train",
    description =
        "make start caches, some minutes once for a build: then it starts in two thirds of the time")
final class TrainCommand implements Callable<Integer> {

  private final LocalOptions options;

  TrainCommand(LocalOptions options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    Path home = options.home().resolve("train");
    LocalOptions training = LocalOptions.forTests(home);
    if (Launcher.of(training).isPresent()) {
      throw new LocalFailure("another ./cpd train is under way in " + home);
    }
    FileTree.delete(home);
    StartTraining.run(training, System.out::println);
    FileTree.delete(home);
    System.out.println("./cpd up starts with these caches until something is built anew.");
    return 0;
  }
}
