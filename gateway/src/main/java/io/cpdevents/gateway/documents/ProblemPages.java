package io.cpdevents.gateway.documents;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.springframework.web.util.HtmlUtils;

/** Pages about the codes by which the API refuses, for the people who write its clients. */
final class ProblemPages {

  /**
   * A code.
   *
   * @param status the HTTP status
   * @param meaning a sentence
   * @param remedy what a client can do, a sentence
   */
  record Problem(String code, int status, String meaning, String remedy) {}

  private ProblemPages() {}

  /** The page of one code. */
  static String of(Problem problem) {
    return page(
        problem.code(),
        """
              <h1><code>%s</code></h1>
              <p>%s</p>
              <h2>What a client can do</h2>
              <p>%s</p>
              <p>HTTP status: %d.</p>
        """
            .formatted(
                escaped(problem.code()),
                escaped(problem.meaning()),
                escaped(problem.remedy()),
                problem.status()));
  }

  /** The list of all codes. */
  static String all(List<Problem> problems) {
    return page(
        "Problems",
        problems.stream()
            .sorted(Comparator.comparingInt(Problem::status).thenComparing(Problem::code))
            .map(ProblemPages::item)
            .collect(joining("\n", "      <h1>Problems</h1>\n      <dl>\n", "\n      </dl>")));
  }

  private static String item(Problem problem) {
    String code = escaped(problem.code());
    return "        <dt><a href=\"/problems/%s\"><code>%s</code></a> (%d)</dt><dd>%s</dd>"
        .formatted(code, code, problem.status(), escaped(problem.meaning()));
  }

  /** The page of a code that is none. */
  static String unknown() {
    return page(
        "Unknown code", "      <h1>Unknown code</h1>\n      <p>No problem has this code.</p>");
  }

  private static String page(String title, String main) {
    return """
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s · CPD Events API</title>
        <link rel="icon" href="/pages/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/pages/page.css">
      </head>
      <body>
        <header><span class="brand">CPD Events API</span></header>
        <main>
    %s
          <p><a href="/problems">All codes</a> · <a href="/docs">The API's documentation</a></p>
        </main>
      </body>
    </html>
    """
        .formatted(escaped(title), main.stripTrailing());
  }

  private static String escaped(String text) {
    return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
  }
}
