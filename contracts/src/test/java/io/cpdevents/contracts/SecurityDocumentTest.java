package io.cpdevents.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * SECURITY.md goes through every chapter and section of OWASP's ASVS 5.0, and what it says is
 * tested is a link to the test: {@link DocumentLinksTest} follows it.
 */
class SecurityDocumentTest {

  private static final String TEXT =
      CommittedFiles.readIfThere(CommittedFiles.project().resolve("SECURITY.md"));

  /** How many sections each chapter has, V1 first. */
  private static final List<Integer> SECTIONS =
      List.of(5, 4, 7, 4, 4, 8, 6, 4, 2, 7, 7, 3, 4, 3, 4, 5, 3);

  private static final Pattern CHAPTER = Pattern.compile("(?m)^### (V[0-9]+) ");
  private static final Pattern SECTION = Pattern.compile("\\bV([0-9]+)\\.([0-9]+)\\b");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (V[0-9]+\\.[0-9]+) ");
  private static final Pattern RANGE =
      Pattern.compile("\\bV([0-9]+)\\.([0-9]+) to V[0-9]+\\.([0-9]+)\\b");
  private static final Pattern TEST_CLASS = Pattern.compile("\\b[A-Z]\\w+(?:IT|Test)\\b");
  private static final Pattern TEST_LINK =
      Pattern.compile("\\[(\\w+(?:IT|Test))]\\(([^)]*/(\\w+)\\.java)\\)");

  @Test
  void what_a_reporter_does_comes_first() {
    assertThat(TEXT).startsWith("# Security\n\n## Report a weakness\n");
  }

  @Test
  void every_chapter_of_the_standard_is_there_in_its_order() {
    assertThat(CHAPTER.matcher(TEXT).results().map(chapter -> chapter.group(1)))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 17).mapToObj(n -> "V" + n).toList());
  }

  @Test
  void every_section_is_told_in_its_chapter_or_said_not_to_apply() {
    Map<Integer, List<Integer>> told = new TreeMap<>();
    String[] chapters = CHAPTER.split(TEXT);
    for (int chapter = 1; chapter <= SECTIONS.size(); chapter++) {
      int number = chapter;
      told.put(
          chapter,
          Stream.concat(
                  SECTION
                      .matcher(chapters[chapter])
                      .results()
                      .filter(section -> number(section, 1) == number)
                      .map(section -> number(section, 2)),
                  RANGE
                      .matcher(chapters[chapter])
                      .results()
                      .filter(range -> number(range, 1) == number)
                      .flatMap(range ->
                          IntStream.rangeClosed(number(range, 2), number(range, 3)).boxed()))
              .distinct()
              .sorted()
              .toList());
    }
    for (int chapter = 1; chapter <= SECTIONS.size(); chapter++) {
      assertThat(told.get(chapter))
          .as("sections of V" + chapter)
          .isEqualTo(IntStream.rangeClosed(1, SECTIONS.get(chapter - 1)).boxed().toList());
    }
  }

  @Test
  void no_section_is_told_twice() {
    assertThat(ROW.matcher(TEXT).results().map(row -> row.group(1))).doesNotHaveDuplicates();
  }

  @Test
  void every_test_that_is_named_is_a_link_to_that_test() {
    List<String> wrong = new ArrayList<>();
    String rest =
        TEST_LINK
            .matcher(TEXT)
            .replaceAll(link -> {
              if (!link.group(1).equals(link.group(3)) || !link.group(2).contains("/src/test/")) {
                wrong.add(link.group());
              }
              return "";
            });
    assertThat(wrong).as("links that lead to another class").isEmpty();
    assertThat(TEST_CLASS.matcher(rest).results().map(MatchResult::group))
        .as("tests that are named without a link")
        .isEmpty();
  }

  private static int number(MatchResult result, int group) {
    return Integer.parseInt(result.group(group));
  }
}
