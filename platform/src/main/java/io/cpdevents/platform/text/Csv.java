package io.cpdevents.platform.text;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows of a file for spreadsheets (RFC 4180). */
public final class Csv {

  /**
   * A spreadsheet may run a text that begins with one of these; some take the full-width forms of
   * East Asian keyboards for the plain ones (owasp.org/www-community/attacks/CSV_Injection).
   */
  private static final String BEGINS_FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  /**
   * Where people write decimals with a comma, spreadsheets cut rows at semicolons, whatever is
   * quoted: what follows one in the middle of a text begins a cell there.
   */
  private static final Pattern FORMULA_AFTER_SEMICOLON =
      Pattern.compile("([;\t][\\s\"]*)([=+\\-@\uFF1D\uFF0B\uFF0D\uFF20])");

  private Csv() {}

  /** A row of cells, each as {@link #cell} answers it or harmless by itself, as amounts are. */
  public static String row(Stream<String> cells) {
    return cells.collect(Collectors.joining(",", "", "\n"));
  }

  /** A text that no spreadsheet runs, in quotes where it needs them. */
  public static String cell(String text) {
    String begun =
        !text.isEmpty() && BEGINS_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    String harmless = FORMULA_AFTER_SEMICOLON.matcher(begun).replaceAll("$1'$2");
    boolean plain = harmless.chars().noneMatch(each -> ",\"\r\n".indexOf(each) >= 0);
    return plain ? harmless : "\"" + harmless.replace("\"", "\"\"") + "\"";
  }
}
