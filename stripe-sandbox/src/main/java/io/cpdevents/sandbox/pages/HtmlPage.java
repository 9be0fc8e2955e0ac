package io.cpdevents.sandbox.pages;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/** What all hosted pages have in common. */
public final class HtmlPage {
  /** Currencies with two decimals at Stripe although ISO 4217 gives them none. */
  private static final Set<String> HUNDREDTHS_FOR_STRIPE = Set.of("isk", "ugx");

  private HtmlPage() {}

  public static String of(String content) {
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>Stripe sandbox</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <style>
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 30rem; margin: 3rem auto; padding: 0 1rem }
      label, button { display: block; margin: 1rem 0 } input, select { width: 100%%; padding: .5rem; font: inherit }
      input[type=checkbox] { width: auto }
      button { padding: .6rem 1.2rem; font: inherit } [role=alert] { color: #a00; font-weight: bold }
      header { color: #666 }
    </style></head>
    <body><header>Stripe sandbox: no real money moves here.</header><main>%s</main></body></html>
    """
        .formatted(content);
  }

  public static String message(String message) {
    return of("<h1>" + escape(message) + "</h1>");
  }

  public static String escape(String text) {
    return HtmlUtils.htmlEscape(text);
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

  public static ResponseEntity<String> answer(HttpStatus status, String html) {
    return ResponseEntity.status(status)
        .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        .header("Cache-Control", "no-store")
        .body(html);
  }
}
