package io.cpdevents.payout.statements.web;

import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.Phrase;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.ColumnText;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfPageEventHelper;
import org.openpdf.text.pdf.PdfTemplate;
import org.openpdf.text.pdf.PdfWriter;

/**
 * {@code Page 3 of 97} at the foot of each page. How many there are is known when the last one is
 * written, so each page shows a box that is filled then.
 */
final class PdfPageNumbers extends PdfPageEventHelper {

  private static final int POINTS = 8;
  private static final int ROOM_FOR_COUNT_POINTS = 40;
  private static final int DISTANCE_POINTS = 18;
  private static final int SPACE_POINTS = 3;
  private static final int ROOM_BELOW_POINTS = 4;

  private final PdfFonts fonts;
  private final StatementWords words;
  private final PdfTemplate count;

  PdfPageNumbers(PdfWriter writer, PdfFonts fonts, StatementWords words) {
    this.fonts = fonts;
    this.words = words;
    this.count = writer.getDirectContent().createTemplate(ROOM_FOR_COUNT_POINTS, DISTANCE_POINTS);
  }

  @Override
  public void onEndPage(PdfWriter writer, Document document) {
    PdfContentByte page = writer.getDirectContent();
    Phrase number = fonts.regular(POINTS).process(words.text("page", writer.getPageNumber()));
    float x = document.right() - ROOM_FOR_COUNT_POINTS;
    float y = document.bottom() - DISTANCE_POINTS;
    ColumnText.showTextAligned(page, Element.ALIGN_RIGHT, number, x, y, 0);
    page.addTemplate(count, x + SPACE_POINTS, y - ROOM_BELOW_POINTS);
  }

  @Override
  public void onCloseDocument(PdfWriter writer, Document document) {
    BaseFont font = fonts.regular();
    count.beginText();
    count.setFontAndSize(font, POINTS);
    count.setTextMatrix(0, ROOM_BELOW_POINTS);
    // The page after the last one has been begun by then.
    count.showText(words.number(writer.getPageNumber() - 1));
    count.endText();
  }
}
