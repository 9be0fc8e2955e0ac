package io.cpdevents.payout.statements.web;

import io.cpdevents.payout.statements.StatementLine;
import io.cpdevents.payout.statements.StatementView;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A statement for spreadsheets: a row for each line, amounts with a point. */
final class StatementCsv {

  /** What begins with one of these is a formula to a spreadsheet. */
  private static final String BEGINS_FORMULA = "=+-@\t\r";

  private StatementCsv() {}

  static void write(StatementView statement, StatementWords words, OutputStream out)
      throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    writer.write(header(words));
    for (StatementLine line : statement.lines()) {
      writer.write(row(line, words));
    }
    writer.flush();
  }

  private static String header(StatementWords words) {
    return joined(
        Stream.of(
                "at",
                "kind",
                "registration",
                "reference",
                "event",
                "gross",
                "fee",
                "net",
                "currency")
            .map(words::text)
            .map(StatementCsv::cell));
  }

  private static String row(StatementLine line, StatementWords words) {
    return joined(
        Stream.of(
            line.occurredAt().toString(),
            cell(words.text("kind", line.kind())),
            Objects.toString(line.registrationId(), ""),
            cell(Objects.requireNonNullElse(line.reference(), "")),
            cell(Objects.requireNonNullElse(line.eventTitle(), "")),
            decimal(line.gross()),
            decimal(line.platformFee()),
            decimal(line.net()),
            line.net().currency().getCurrencyCode()));
  }

  private static String joined(Stream<String> cells) {
    return cells.collect(Collectors.joining(",", "", "\n"));
  }

  private static String decimal(Money amount) {
    return CurrencyRules.decimal(amount).toPlainString();
  }

  /** A text that no spreadsheet runs, in quotes where it needs them (RFC 4180). */
  static String cell(String text) {
    String harmless =
        !text.isEmpty() && BEGINS_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean plain = harmless.chars().noneMatch(each -> ",\"\r\n".indexOf(each) >= 0);
    return plain ? harmless : "\"" + harmless.replace("\"", "\"\"") + "\"";
  }
}
