package io.cpdevents.payout.statements.web;

import com.ibm.icu.text.Transliterator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Bidi;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openpdf.text.Font;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.FontSelector;
import org.openpdf.text.pdf.PdfWriter;

/**
 * Text of whatever script in the fonts that have its characters: DejaVu for Latin, Greek, Cyrillic,
 * Arabic and Hebrew, Droid for Chinese and Japanese, Nanum for Korean, Noto for Thai. What none has
 * is written in Latin letters. The fonts are of one document, which embeds the characters that it
 * uses.
 */
final class PdfFonts {

  private static final Source REGULAR = new Source("DejaVuSans.ttf");
  private static final Source BOLD = new Source("DejaVuSans-Bold.ttf");
  private static final List<Source> OTHER_SCRIPTS =
      Stream.of("DroidSansFallbackFull.ttf", "NanumGothic.ttf", "NotoSansThai-Regular.ttf")
          .map(Source::new)
          .toList();

  private final BaseFont regular = REGULAR.forDocument();
  private final BaseFont bold = BOLD.forDocument();
  private final List<BaseFont> otherScripts =
      OTHER_SCRIPTS.stream().map(Source::forDocument).toList();

  /** Loaded once a text needs it, which takes a second. */
  private static final class Latin {
    private static final Transliterator LETTERS = Transliterator.getInstance("Any-Latin; NFC");
  }

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
    Stream.concat(Stream.of(first), otherScripts.stream())
        .map(font -> new Font(font, points))
        .forEach(selector::addFont);
    return selector;
  }

  /**
   * A text in characters that some font has: others are written in Latin letters, and what cannot
   * be by its numbers in Unicode, for example {@code [U+1FA7A]}.
   */
  String shown(String text) {
    return replaceUnknown(
        text, part -> replaceUnknown(Latin.LETTERS.transliterate(part), PdfFonts::numbers));
  }

  private String replaceUnknown(String text, UnaryOperator<String> replacement) {
    StringBuilder replaced = new StringBuilder();
    int begin = 0;
    while (begin < text.length()) {
      boolean known = isKnown(text.codePointAt(begin));
      int end = begin;
      while (end < text.length() && isKnown(text.codePointAt(end)) == known) {
        end = text.offsetByCodePoints(end, 1);
      }
      String part = text.substring(begin, end);
      replaced.append(known ? part : replacement.apply(part));
      begin = end;
    }
    return replaced.toString();
  }

  private static String numbers(String text) {
    return text.codePoints()
        .mapToObj("U+%04X"::formatted)
        .collect(Collectors.joining(" ", "[", "]"));
  }

  private boolean isKnown(int character) {
    return Character.getType(character) == Character.FORMAT
        || regular.charExists(character)
        || otherScripts.stream().anyMatch(font -> font.charExists(character));
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
