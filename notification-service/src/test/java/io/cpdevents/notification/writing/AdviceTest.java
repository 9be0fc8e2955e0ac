package io.cpdevents.notification.writing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever was not the one who did it is told all that a thief may have left behind. */
class AdviceTest {

  @ParameterizedTest
  @CsvSource({
    "messages.properties, passkey, API key, members, support",
    "messages_fr.properties, clé d’accès, clés API, membres, assistance"
  })
  void it_names_what_a_new_password_does_not_remove(
      String file, String passkey, String apiKey, String members, String support)
      throws IOException {
    Properties messages = read(file);

    assertThat(
            new String[] {
              messages.getProperty("password-changed.advice"),
              messages.getProperty("new-device.advice"),
              messages.getProperty("email-changed.advice"),
              messages.getProperty("factor-changed.advice")
            })
        .allSatisfy(advice -> assertThat(advice).contains(passkey, members, support))
        .allSatisfy(advice -> assertThat(advice).containsAnyOf(apiKey, "API keys"));
  }

  private static Properties read(String file) throws IOException {
    Properties messages = new Properties();
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(AdviceTest.class.getResourceAsStream("/mails/" + file)),
            UTF_8)) {
      messages.load(reader);
    }
    return messages;
  }
}
