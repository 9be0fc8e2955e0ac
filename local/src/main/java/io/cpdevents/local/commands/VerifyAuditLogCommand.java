package io.cpdevents.local.commands;

import io.cpdevents.driver.AuditLog;
import io.cpdevents.driver.World;
import io.cpdevents.local.LocalAddress;
import io.cpdevents.local.LocalOptions;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code ./cpd audit verify}: exit code 0 when the audit log is what was written. */
@Command(
    name = "verify",
    description = "check each entry against its keyed hash, its neighbours and the signed ends")
final class VerifyAuditLogCommand implements Callable<Integer> {

  private final LocalOptions options;
  private final RunningPlatform platform;

  VerifyAuditLogCommand(LocalOptions options, RunningPlatform platform) {
    this.options = options;
    this.platform = platform;
  }

  @Override
  public Integer call() {
    platform.control();
    try (World world = World.at(new LocalAddress(options))) {
      JsonNode found =
          AuditLog.verification(
              world,
              entries ->
                  System.out.printf(Locale.ROOT, "%,d entries are intact so far\n", entries));
      System.out.print(tell(found));
      return found.path("intact").asBoolean() ? 0 : 1;
    }
  }

  /** What was found, in sentences. */
  static String tell(JsonNode found) {
    long intact = found.path("entries").asLong();
    String first =
        found.path("intact").asBoolean()
            ? String.format(
                Locale.ROOT,
                "The audit log is intact: all %,d entries are what was written.\n",
                intact)
            : String.format(
                Locale.ROOT,
                "The audit log is NOT what was written.\nEntry %,d: %s (%s). The %,d before it are intact.\n",
                found.path("brokenAtSeq").asLong(),
                meaning(found.path("tampering").asString()),
                found.path("tampering").asString(),
                intact);
    return first
        + (found.path("anchoredAt").isNull()
            ? "Its end was never signed yet: what is cut off there does not show.\n"
            : String.format(
                Locale.ROOT,
                "Its end was last signed at %s, with %,d entries: what is cut off after that does not show.\n",
                found.path("anchoredAt").asString(),
                found.path("anchoredEntries").asLong()));
  }

  private static String meaning(String tampering) {
    return switch (tampering) {
      case "changed" -> "it says something else than when it was written";
      case "swapped" -> "it stood at another place, later in the log";
      case "deleted" -> "it is gone, and later ones are there";
      case "deleted-at-end" -> "it and all that followed it are gone";
      case "computed-anew" -> "from here on the chain is another one than was written";
      case "unknown-key" -> "it names a key that accounts-service does not hold";
      case "retired-key" -> "it is under a key that was replaced before";
      default -> "it is not what was written";
    };
  }
}
