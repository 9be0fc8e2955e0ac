package io.cpdevents.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.convert.converter.Converter;

class KebabCaseConstantsTest {

  private final Converter<String, ChronoUnit> converter =
      new KebabCaseConstants().getConverter(ChronoUnit.class);

  @Test
  void a_constant_is_read_as_the_api_writes_it() {
    assertThat(converter.convert("half-days")).isEqualTo(ChronoUnit.HALF_DAYS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quarter-days", "half days", "HALF_DAYS", "half_days", "Half-Days", ""})
  void what_is_none_is_refused(String text) {
    assertThatThrownBy(() -> converter.convert(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
