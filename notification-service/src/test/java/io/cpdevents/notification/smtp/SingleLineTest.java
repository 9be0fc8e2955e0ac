package io.cpdevents.notification.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SingleLineTest {

  @Test
  void line_ends_and_control_characters_become_one_space() {
    assertThat(SingleLine.of("a\r\nBcc: x@y.org\u0000\u0085\u2028b\t c ", 100))
        .isEqualTo("a Bcc: x@y.org b c");
  }

  @Test
  void characters_that_turn_text_around_are_taken_out() {
    assertThat(SingleLine.of("abc\u202Egpj.exe", 100)).isEqualTo("abc gpj.exe");
  }

  @Test
  void letters_of_every_language_and_emoji_stay() {
    assertThat(SingleLine.of("Zoë 看護 👩‍⚕️", 100)).isEqualTo("Zoë 看護 👩‍⚕️");
  }

  @Test
  void a_long_text_is_cut_between_characters() {
    assertThat(SingleLine.of("😀😀😀😀", 3)).isEqualTo("😀😀…");
  }
}
