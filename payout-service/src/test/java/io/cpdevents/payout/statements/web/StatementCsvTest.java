package io.cpdevents.payout.statements.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatementCsvTest {

  @ParameterizedTest
  @MethodSource("cells")
  void a_cell_is_no_formula_and_keeps_its_text(String text, String cell) {
    assertThat(StatementCsv.cell(text)).isEqualTo(cell);
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
        Arguments.of("a=b", "a=b"),
        Arguments.of("one, two", "\"one, two\""),
        Arguments.of("the \"best\" one", "\"the \"\"best\"\" one\""),
        Arguments.of("=cmd|' /C calc'!A0, \"x\"", "\"'=cmd|' /C calc'!A0, \"\"x\"\"\""));
  }
}
