package io.cpdevents.payout.statements.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PdfFontsTest {

  private static final int CHARACTERS_TOGETHER = 256;
  private static final int LAST_LETTER = 0x1FFFF;

  private final PdfFonts fonts = new PdfFonts();

  @ParameterizedTest
  @CsvSource({
    "김철수 간호 협회, 김철수 간호 협회",
    "พยาบาลแห่งประเทศไทย, พยาบาลแห่งประเทศไทย",
    "職業倫理 职业道德 さくら, 職業倫理 职业道德 さくら",
    "أخلاقيات المهنة, أخلاقيات المهنة",
    "नेपाल 2026, nēpāla 2026",
    "தமிழ் செவிலியர், tamiḻ ceviliyar",
    "Ethics 😀 🩺 བོད, Ethics 😀 [U+1FA7A] [U+0F56 U+0F7C U+0F51]",
  })
  void a_name_is_shown_in_its_script_or_in_latin_letters_or_by_numbers(String name, String shown) {
    assertThat(fonts.shown(name)).isEqualTo(shown);
  }

  @Test
  void whatever_character_somebody_types_is_shown_by_characters_that_a_font_has() {
    for (int first = 0; first < LAST_LETTER; first += CHARACTERS_TOGETHER) {
      String text =
          IntStream.range(first, first + CHARACTERS_TOGETHER)
              .filter(Character::isDefined)
              .filter(character -> Character.getType(character) != Character.SURROGATE)
              .filter(character -> !Character.isISOControl(character))
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      String shown = fonts.shown(text);
      assertThat(fonts.shown(shown)).as("from U+%04X", first).isEqualTo(shown);
      assertThat(fonts.regular(7).process(shown)).isNotNull();
    }
  }
}
