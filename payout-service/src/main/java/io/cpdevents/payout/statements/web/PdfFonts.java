package io.cpdevents.payout.statements.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Bidi;
import java.util.Objects;
import java.util.stream.Stream;
import org.openpdf.text.Font;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.FontSelector;
import org.openpdf.text.pdf.PdfWriter;

/**
 * Text of whatever script in the fonts that have its characters: DejaVu for Latin, Greek, Cyrillic,
 * Arabic and Hebrew, Droid for Chinese and Japanese. What neither has is shown as a box. The fonts
 * are of one document, which embeds the characters that it uses.
 */
final class PdfFonts {

  private static final Source REGULAR = new Source("DejaVuSans.ttf");
  private static final Source BOLD = new Source("DejaVuSans-Bold.ttf");
  private static final Source EAST_ASIAN = new Source("DroidSansFallbackFull.ttf");

  private static final int BOX = '\u25A1';

  private final BaseFont regular = REGULAR.forDocument();
  private final BaseFont bold = BOLD.forDocument();
  private final BaseFont eastAsian = EAST_ASIAN.forDocument();

  /** A font whose file is read once. */
  private record Source(String name, byte[] file) {

    private Source(String name) {
      this(name, read(name));
    }

    private BaseFont forDocument() {
      try {
        return BaseFont.createFont(
            name, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, BaseFont.NOT_CACHED, file, null);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static byte[] read(String name) {
      try (InputStream file = PdfFonts.class.getResourceAsStream("/fonts/" + name)) {
        return Objects.requireNonNull(file, name).readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  BaseFont regular() {
    return regular;
  }

  /** Writes in regular letters of this size. */
  FontSelector regular(int points) {
    return selector(regular, points);
  }

  /** Writes in bold letters of this size. */
  FontSelector bold(int points) {
    return selector(bold, points);
  }

  private FontSelector selector(BaseFont first, int points) {
    FontSelector selector = new FontSelector();
    Stream.of(first, eastAsian).map(font -> new Font(font, points)).forEach(selector::addFont);
    return selector;
  }

  /** A text in which a box stands for each character that no font has. */
  String shown(String text) {
    return text.codePoints()
        .map(character -> isKnown(character) ? character : BOX)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private boolean isKnown(int character) {
    return Character.getType(character) == Character.FORMAT
        || regular.charExists(character)
        || eastAsian.charExists(character);
  }

  /** In which direction a text runs: as its first letter does, if any of it runs leftwards. */
  static int direction(String text) {
    if (!Bidi.requiresBidi(text.toCharArray(), 0, text.length())) {
      return PdfWriter.RUN_DIRECTION_NO_BIDI;
    }
    return new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight()
        ? PdfWriter.RUN_DIRECTION_LTR
        : PdfWriter.RUN_DIRECTION_RTL;
  }
}
