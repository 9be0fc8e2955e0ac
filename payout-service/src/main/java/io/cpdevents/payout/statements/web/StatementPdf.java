package io.cpdevents.payout.statements.web;

import io.cpdevents.payout.payouts.PayoutView;
import io.cpdevents.payout.statements.StatementLine;
import io.cpdevents.payout.statements.StatementTotals;
import io.cpdevents.payout.statements.StatementView;
import io.cpdevents.platform.money.Money;
import java.awt.Color;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.FontSelector;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfString;
import org.openpdf.text.pdf.PdfWriter;

/** A statement on paper: what it is about, its totals, and a line for each part. */
final class StatementPdf {

  private static final int MARGIN_POINTS = 40;
  private static final int TITLE_POINTS = 16;
  private static final int TEXT_POINTS = 9;
  private static final int LINE_POINTS = 7;
  private static final int LINES_PER_FLUSH = 100;
  private static final int GAP_POINTS = 10;
  private static final int PADDING_POINTS = 3;
  private static final int[] LINE_WIDTHS = {13, 14, 14, 29, 11, 11, 11};
  private static final int[] SUM_WIDTHS = {70, 30};
  private static final int[] FACT_WIDTHS = {25, 75};
  private static final int ALL_PERCENT = 100;
  private static final int SUMS_PERCENT = 60;
  private static final Color RULE = new Color(0xCC, 0xCC, 0xCC);
  private static final Color SHADE = new Color(0xEE, 0xEE, 0xEE);

  private final StatementView statement;
  private final StatementWords words;
  private final PdfFonts fonts = new PdfFonts();
  private final FontSelector small = fonts.regular(LINE_POINTS);
  private final FontSelector smallBold = fonts.bold(LINE_POINTS);
  private final FontSelector normal = fonts.regular(TEXT_POINTS);
  private final FontSelector normalBold = fonts.bold(TEXT_POINTS);

  private StatementPdf(StatementView statement, StatementWords words) {
    this.statement = statement;
    this.words = words;
  }

  static void write(StatementView statement, StatementWords words, OutputStream out) {
    new StatementPdf(statement, words).write(out);
  }

  private void write(OutputStream out) {
    try (Document document =
        new Document(
            PageSize.LETTER, MARGIN_POINTS, MARGIN_POINTS, MARGIN_POINTS, 2 * MARGIN_POINTS)) {
      PdfWriter writer = PdfWriter.getInstance(document, out);
      document.addTitle(words.text("title") + " " + statement.payout().id());
      writer.getExtraCatalog().put(PdfName.LANG, new PdfString(words.locale().toLanguageTag()));
      document.open();
      writer.setPageEvent(new PdfPageNumbers(writer, fonts, words));
      document.add(new Paragraph(fonts.bold(TITLE_POINTS).process(words.text("title"))));
      document.add(facts());
      document.add(totals());
      addLines(document);
      document.add(new Paragraph(small.process(words.text("utc"))));
    }
  }

  private PdfPTable facts() {
    PayoutView payout = statement.payout();
    PdfPTable table = table(FACT_WIDTHS, ALL_PERCENT);
    fact(table, "organization", statement.organizationName());
    fact(table, "payout", payout.id().toString());
    fact(table, "status", words.text("status", payout.status()));
    fact(table, "currency", payout.amount().currency().getCurrencyCode());
    fact(table, "requested", words.date(payout.requestedAt()));
    fact(table, "arrives", date(payout.arrivesOn()));
    fact(table, "paid", date(payout.paidAt()));
    return table;
  }

  private void fact(PdfPTable table, String key, @Nullable String value) {
    if (value != null) {
      table.addCell(cell(normal, words.text(key), Element.ALIGN_LEFT));
      table.addCell(cell(normalBold, value, Element.ALIGN_LEFT));
    }
  }

  private @Nullable String date(@Nullable Instant at) {
    return at == null ? null : words.date(at);
  }

  private PdfPTable totals() {
    StatementTotals totals = statement.totals();
    PdfPTable table = table(SUM_WIDTHS, SUMS_PERCENT);
    table.setHorizontalAlignment(Element.ALIGN_LEFT);
    sum(table, normal, "total.gross", totals.gross());
    sum(table, normal, "total.fee", totals.platformFee().negate());
    sum(table, normal, "total.refunds", totals.refunds());
    sum(table, normal, "total.disputes", totals.disputes());
    sumUnlessZero(table, "total.other", totals.other());
    sumUnlessZero(table, "total.carried", totals.carriedOver());
    sum(table, normalBold, "total.net", totals.net());
    sumUnlessZero(table, "total.kept", totals.kept().negate());
    sum(table, normalBold, "total.payout", statement.payout().amount());
    return table;
  }

  private void sumUnlessZero(PdfPTable table, String key, Money amount) {
    if (!amount.isZero()) {
      sum(table, normal, key, amount);
    }
  }

  private void sum(PdfPTable table, FontSelector font, String key, Money amount) {
    table.addCell(cell(font, words.text(key), Element.ALIGN_LEFT));
    table.addCell(cell(font, words.amount(amount), Element.ALIGN_RIGHT));
  }

  /** Pages are written while their lines are, so that a long statement takes no more memory. */
  private void addLines(Document document) {
    PdfPTable table = table(LINE_WIDTHS, ALL_PERCENT);
    addHeadTo(table);
    table.setComplete(false);
    int lines = 0;
    for (StatementLine line : statement.lines()) {
      line(table, line);
      lines++;
      if (lines % LINES_PER_FLUSH == 0) {
        document.add(table);
      }
    }
    table.setComplete(true);
    document.add(table);
  }

  private void addHeadTo(PdfPTable table) {
    for (String key : List.of("date", "kind", "reference", "event")) {
      table.addCell(head(key, Element.ALIGN_LEFT));
    }
    for (String key : List.of("gross", "fee", "net")) {
      table.addCell(head(key, Element.ALIGN_RIGHT));
    }
    table.setHeaderRows(1);
  }

  private PdfPCell head(String key, int alignment) {
    PdfPCell cell = cell(smallBold, words.text(key), alignment);
    cell.setBackgroundColor(SHADE);
    return cell;
  }

  private void line(PdfPTable table, StatementLine line) {
    table.addCell(cell(small, words.date(line.occurredAt()), Element.ALIGN_LEFT));
    table.addCell(cell(small, words.text("kind", line.kind()), Element.ALIGN_LEFT));
    table.addCell(
        cell(small, Objects.requireNonNullElse(line.reference(), ""), Element.ALIGN_LEFT));
    table.addCell(
        cell(small, Objects.requireNonNullElse(line.eventTitle(), ""), Element.ALIGN_LEFT));
    table.addCell(cell(small, words.amount(line.gross()), Element.ALIGN_RIGHT));
    table.addCell(cell(small, words.amount(line.platformFee()), Element.ALIGN_RIGHT));
    table.addCell(cell(small, words.amount(line.net()), Element.ALIGN_RIGHT));
  }

  private static PdfPTable table(int[] widths, int percentOfPage) {
    PdfPTable table = new PdfPTable(widths.length);
    table.setWidths(widths);
    table.setWidthPercentage(percentOfPage);
    table.setSpacingBefore(GAP_POINTS);
    return table;
  }

  private PdfPCell cell(FontSelector font, String text, int alignment) {
    String shown = fonts.shown(text);
    PdfPCell cell = new PdfPCell(font.process(shown));
    cell.setRunDirection(PdfFonts.direction(shown));
    cell.setHorizontalAlignment(alignment);
    cell.setPadding(PADDING_POINTS);
    cell.setBorder(Rectangle.BOTTOM);
    cell.setBorderColor(RULE);
    return cell;
  }
}
