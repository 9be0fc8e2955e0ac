package io.cpdevents.sandbox.pages;

import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/** What is around the content of every page. A page has no script and nothing inline. */
public final class HtmlPage {
  private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

  /** Without form-action: browsers would apply it to the redirect that follows a payment too. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self' data:; object-src 'none';"
          + " frame-ancestors 'none'; base-uri 'none'";

  private HtmlPage() {}

  /** Answers with a page that has this content, which is HTML. */
  public static ResponseEntity<String> of(HttpStatus status, String title, String content) {
    String html =
        """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>%s</title>
          <link rel="icon" href="data:,">
          <link rel="stylesheet" href="/page.css">
        </head>
        <body>
          <header><b>Stripe sandbox</b> No real money moves here.</header>
          <main>
        %s
          </main>
        </body>
        </html>
        """
            .formatted(escape(title), content);
    return ResponseEntity.status(status)
        .contentType(HTML)
        .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cache-Control", "no-store")
        .body(html);
  }

  /** Text as HTML. */
  public static String escape(String text) {
    return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
  }
}
