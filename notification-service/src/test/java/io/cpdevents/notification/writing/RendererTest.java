package io.cpdevents.notification.writing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.smtp.Letter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A second language is nothing but a file. */
class RendererTest {

  private static final String FOLDER = "two-languages";
  private static final Lines LINES = Lines.in(FOLDER);

  private record Model(String title) {}

  private final Renderer renderer = new Renderer(FOLDER, LINES);
  private final Languages languages = Languages.in(FOLDER);

  @Test
  void a_reader_gets_the_whole_mail_in_the_language_that_is_wanted() {
    Letter letter = greeting("fr-CA");

    assertThat(letter.language()).isEqualTo(Locale.CANADA_FRENCH);
    assertThat(letter.subject()).isEqualTo("Bienvenue à Wound care");
    assertThat(letter.text()).isEqualTo("Bonjour Ada\nEnvoyé par une machine\n");
    assertThat(letter.html().strip())
        .isEqualTo("<html lang=\"fr\"><p>Bonjour Ada</p><p>Envoyé par une machine</p></html>");
  }

  @Test
  void a_reader_of_a_language_that_is_not_there_gets_the_whole_mail_in_english() {
    for (String wanted : new String[] {"de", "not a locale", "en-GB", null}) {
      Letter letter = greeting(wanted);

      assertThat(letter.language().getLanguage()).isEqualTo("en");
      assertThat(letter.subject()).isEqualTo("Welcome to Wound care");
      assertThat(letter.text()).isEqualTo("Hello Ada\nSent by a machine\n");
    }
  }

  @Test
  void a_name_with_line_ends_stays_on_its_line() {
    Recipient.Known recipient = new Recipient.Known("ada@cpd.example", "Ada\r\nEve", "en", null);

    assertThat(greeting(recipient).text()).startsWith("Hello Ada Eve\n");
  }

  private Letter greeting(@Nullable String wanted) {
    return greeting(new Recipient.Known("ada@cpd.example", "Ada", wanted, null));
  }

  private Letter greeting(Recipient.Known recipient) {
    Wording wording =
        Wording.of(languages.closestTo(recipient.locale()), recipient.timeZone(), LINES);
    return renderer.render("greeting", recipient, wording, new Model("Wound care"), List.of());
  }
}
