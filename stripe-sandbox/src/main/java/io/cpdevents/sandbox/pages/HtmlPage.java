package io.cpdevents.sandbox.pages;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/**
 * What all pages have in common: what is around their content, and how they write amounts. A page
 * has no script and nothing inline.
 */
public final class HtmlPage {
  private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

  /** Without form-action: browsers would apply it to the redirect that follows a payment too. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self' data:; object-src 'none';"
          + " frame-ancestors 'none'; base-uri 'none'";

  /** Currencies with two decimals at Stripe although ISO 4217 gives them none. */
  private static final Set<String> HUNDREDTHS_FOR_STRIPE = Set.of("isk", "ugx");

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

  /** A heading that says all there is to say. */
  public static String heading(String text) {
    return "<h1>" + escape(text) + "</h1>";
  }

  /** 12550 of cad is {@code CAD 125.50}. */
  public static String amount(long minor, String currency) {
    int digits =
        HUNDREDTHS_FOR_STRIPE.contains(currency)
            ? 2
            : Currency.getInstance(currency.toUpperCase(Locale.ROOT)).getDefaultFractionDigits();
    return currency.toUpperCase(Locale.ROOT)
        + " "
        + BigDecimal.valueOf(minor, Math.max(digits, 0)).toPlainString();
  }
}
