package io.cpdevents.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CsvTest {

  @ParameterizedTest
  @MethodSource("cells")
  void a_cell_is_no_formula_and_keeps_its_text(String text, String cell) {
    assertThat(Csv.cell(text)).isEqualTo(cell);
  }

  static Stream<Arguments> cells() {
    return Stream.of(
        Arguments.of("Masterclass", "Masterclass"),
        Arguments.of("", ""),
        Arguments.of("=1+1", "'=1+1"),
        Arguments.of("+1", "'+1"),
        Arguments.of("-1", "'-1"),
        Arguments.of("@SUM(A1)", "'@SUM(A1)"),
        Arguments.of("\ttab", "'\ttab"),
        Arguments.of("\rreturn", "\"'\rreturn\""),
        Arguments.of("\nline", "\"'\nline\""),
        Arguments.of("\uFF1D1+1", "'\uFF1D1+1"),
        Arguments.of("\uFF0B1", "'\uFF0B1"),
        Arguments.of("\uFF0D1", "'\uFF0D1"),
        Arguments.of("\uFF20SUM(A1)", "'\uFF20SUM(A1)"),
        Arguments.of("a=b", "a=b"),
        Arguments.of("a;=1+1;b", "a;'=1+1;b"),
        Arguments.of("a; -2;+3", "a; '-2;'+3"),
        Arguments.of("a;\"=1&\"", "\"a;\"\"'=1&\"\"\""),
        Arguments.of("a\t@SUM(A1)", "a\t'@SUM(A1)"),
        Arguments.of("a;\uFF1D1", "a;'\uFF1D1"),
        Arguments.of("one; two", "one; two"),
        Arguments.of("one, two", "\"one, two\""),
        Arguments.of("the \"best\" one", "\"the \"\"best\"\" one\""),
        Arguments.of("=cmd|' /C calc'!A0, \"x\"", "\"'=cmd|' /C calc'!A0, \"\"x\"\"\""));
  }
}
