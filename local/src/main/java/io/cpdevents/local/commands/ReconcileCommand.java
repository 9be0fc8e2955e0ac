package io.cpdevents.local.commands;

import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Api;
import io.cpdevents.local.LocalAddress;
import io.cpdevents.local.LocalOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code ./cpd reconcile}: exit code 0 when the day is closed and its hash is right. */
@Command(
    name = "reconcile",
    description = "reconcile a day, and compute the hash of a closed one again from its lines")
final class ReconcileCommand implements Callable<Integer> {

  private static final String PATH = "/api/v1/finance/reconciliations";

  private final LocalOptions options;
  private final RunningPlatform platform;

  @Option(
      names = "--date",
      paramLabel = "DATE",
      required = true,
      description = "the day in UTC, for example 2027-03-01")
  LocalDate date = LocalDate.EPOCH;

  ReconcileCommand(LocalOptions options, RunningPlatform platform) {
    this.options = options;
    this.platform = platform;
  }

  @Override
  public Integer call() {
    platform.control();
    try (World world = World.at(new LocalAddress(options))) {
      Api finance = world.finance().api();
      JsonNode day = finance.post(PATH, Map.of("date", date.toString())).expect(200).json();
      print(day);
      return day.path("status").asString().equals("closed") ? checkHash(finance, day) : 1;
    }
  }

  private void print(JsonNode day) {
    System.out.printf(
        Locale.ROOT,
        "%s is %s%s%n",
        date,
        day.path("status").asString(),
        day.path("waitsFor").isNull() ? "" : " and waits for " + day.path("waitsFor").asString());
    System.out.printf(
        Locale.ROOT,
        "%-8s %15s %15s %12s %13s %7s%n",
        "",
        "stripe",
        "ledger",
        "difference",
        "transactions",
        "breaks");
    for (JsonNode currency : day.path("currencies")) {
      System.out.printf(
          Locale.ROOT,
          "%-8s %15d %15d %12d %13d %7d%n",
          currency.path("currency").asString(),
          currency.at("/stripe/amountMinor").asLong(),
          currency.at("/ledger/amountMinor").asLong(),
          currency.at("/difference/amountMinor").asLong(),
          currency.path("transactions").asLong(),
          currency.path("openBreaks").asLong());
    }
  }

  private int checkHash(Api finance, JsonNode day) {
    String lines =
        finance.with("Accept", "text/csv").get(PATH + "/" + date + "/lines").expect(200).body();
    String computed = sha256(lines);
    boolean right = computed.equals(day.path("hash").asString());
    System.out.println(
        computed
            + (right
                ? "  is its hash, computed from its lines"
                : "  is the hash of its lines; it was closed with " + day.path("hash").asString()));
    return right ? 0 : 1;
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
