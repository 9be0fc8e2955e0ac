package io.cpdevents.payout.statements.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.payout.payouts.PayoutView;
import io.cpdevents.payout.statements.StatementLine;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementWordsTest {

  @ParameterizedTest
  @ValueSource(strings = {"en", "fr-CA"})
  void every_status_and_every_kind_of_line_has_a_word_of_its_own(String language) {
    StatementWords words = StatementWords.in(Locale.forLanguageTag(language));

    List<String> statuses =
        Arrays.stream(PayoutView.Status.values())
            .map(status -> words.text("status", status))
            .toList();
    List<String> kinds =
        Arrays.stream(StatementLine.Kind.values()).map(kind -> words.text("kind", kind)).toList();

    assertThat(new HashSet<>(statuses)).hasSameSizeAs(statuses);
    assertThat(new HashSet<>(kinds)).hasSameSizeAs(kinds);
  }
}
