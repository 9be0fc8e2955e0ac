package io.cpdevents.gateway.pages;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebPageTest {

  private static final Path WEB_PATHS = Path.of("../docs/web-paths.md");
  private static final Path PROBLEMS = Path.of("../docs/problems.md");
  private static final Pattern CODE_ROW = Pattern.compile("^\\| `([a-z-]+)`", Pattern.MULTILINE);
  private static final Pattern EXPLAINED = Pattern.compile("data-error=\"([^\"]*)\"");
  private static final Pattern ROW = Pattern.compile("^\\| `(/[^`#]*)", Pattern.MULTILINE);

  @Test
  void the_documented_paths_are_those_of_the_pages() throws IOException {
    List<String> documented =
        ROW.matcher(Files.readString(WEB_PATHS)).results().map(row -> row.group(1)).toList();

    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(WebPage.values()).map(WebPage::path).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/verify-email/",
        "/registrations",
        "/registrations/1",
        "/registrations/0198c2d5-3d4e-7000-8000-0123456789ab/x",
        "/organizations",
        "/api/v1/events/0198c2d5-3d4e-7000-8000-0123456789ab"
      })
  void other_paths_have_no_page(String path) {
    assertThat(WebPage.at(path)).isNull();
  }

  @ParameterizedTest
  @EnumSource(WebPage.class)
  void every_page_is_written_in_every_language(WebPage page) {
    for (PageLanguage language : PageLanguage.values()) {
      assertThat(PageTemplates.render(page, language))
          .contains("<html lang=\"" + language.tag() + "\">")
          .contains("data-page=\"" + page.fileName().replace(".html", "") + "\"")
          .doesNotContain("{{");
    }
  }

  /** A code that no service answers would be explained to nobody. */
  @Test
  void pages_explain_codes_that_the_api_answers() throws IOException {
    Set<String> answered =
        CODE_ROW
            .matcher(Files.readString(PROBLEMS))
            .results()
            .map(row -> row.group(1))
            .collect(toSet());
    Set<String> explained =
        Arrays.stream(WebPage.values())
            .map(page -> PageTemplates.render(page, PageLanguage.ENGLISH))
            .flatMap(page -> EXPLAINED.matcher(page).results())
            .flatMap(named -> Arrays.stream(named.group(1).split(" ")))
            .map(code -> code.substring(code.indexOf(':') + 1))
            .filter(code -> !code.equals("other"))
            .collect(toSet());

    assertThat(explained).contains("invalid-credentials", "is-email");
    assertThat(answered).containsAll(explained);
  }

  @Test
  void both_languages_have_the_same_lines_and_none_is_empty() {
    assertThat(PageTemplates.words(PageLanguage.FRENCH).keySet())
        .isEqualTo(PageTemplates.words(PageLanguage.ENGLISH).keySet());
    for (PageLanguage language : PageLanguage.values()) {
      assertThat(PageTemplates.words(language).values())
          .allSatisfy(line -> assertThat((String) line).isNotBlank());
    }
  }
}
