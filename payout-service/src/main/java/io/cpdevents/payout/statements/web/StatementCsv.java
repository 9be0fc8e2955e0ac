package io.cpdevents.payout.statements.web;

import io.cpdevents.payout.statements.StatementLine;
import io.cpdevents.payout.statements.StatementView;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.text.Csv;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/** A statement for spreadsheets: a row for each line, amounts with a point. */
final class StatementCsv {

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
    return Csv.row(
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
            .map(Csv::cell));
  }

  private static String row(StatementLine line, StatementWords words) {
    return Csv.row(
        Stream.of(
            line.occurredAt().toString(),
            Csv.cell(words.text("kind", line.kind())),
            Objects.toString(line.registrationId(), ""),
            Csv.cell(Objects.requireNonNullElse(line.reference(), "")),
            Csv.cell(Objects.requireNonNullElse(line.eventTitle(), "")),
            decimal(line.gross()),
            decimal(line.platformFee()),
            decimal(line.net()),
            line.net().currency().getCurrencyCode()));
  }

  private static String decimal(Money amount) {
    return CurrencyRules.decimal(amount).toPlainString();
  }
}
