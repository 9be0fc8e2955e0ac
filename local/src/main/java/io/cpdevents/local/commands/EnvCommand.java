package io.cpdevents.local.commands;

import io.cpdevents.local.Component;
import io.cpdevents.local.LocalFailure;
import io.cpdevents.local.LocalOptions;
import io.cpdevents.local.LocalPlatform;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code ./cpd env}: lines {@code NAME=value}, which an IDE reads as a file of environment
 * variables.
 */
@Command(
    name = "env",
    description =
        "the environment variables of a service, to run it in an IDE (secrets among them)")
final class EnvCommand implements Callable<Integer> {

  private final LocalOptions options;
  private final RunningPlatform platform;

  // picocli sets both before the call.
  @SuppressWarnings("NullAway.Init")
  @Spec
  CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  @Parameters(paramLabel = "SERVICE", description = "a service, as in ./cpd status")
  Component service;

  EnvCommand(LocalOptions options, RunningPlatform platform) {
    this.options = options;
    this.platform = platform;
  }

  @Override
  public Integer call() {
    if (!service.isService()) {
      throw new LocalFailure(service.wireName() + " is no service with an environment of its own");
    }
    LocalPlatform.environmentOf(service, options.with(platform.ports()))
        .forEach((name, value) -> spec.commandLine().getOut().println(name + "=" + value));
    return 0;
  }
}
