package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stripe's page with a person in front of it.
 *
 * @param url where a browser would be
 */
public record Checkout(Sandbox stripe, String sessionId, String url) {

  private static final Pattern SESSION_ID = Pattern.compile("cs_[A-Za-z0-9_]+");

  static Checkout at(Sandbox stripe, String url) {
    Matcher session = SESSION_ID.matcher(url);
    if (!session.find()) {
      throw new NotAsExpected("no checkout session in " + url);
    }
    return new Checkout(stripe, session.group(), url);
  }

  /** Pays; the card must work. */
  public void paysWith(Card card) {
    Answer answer = triesToPayWith(card);
    // Who repeats a click that was not answered may hear that the page is paid already.
    if (!answer.isSuccess() && !stripe.isPaid(sessionId)) {
      answer.expect(200);
    }
  }

  /** Tries a card that the bank refuses. */
  public void isDeclined(Card card) {
    triesToPayWith(card).expect(402);
  }

  /** Tries a card and sees what happens. */
  public Answer triesToPayWith(Card card) {
    return stripe.pay(sessionId, card);
  }

  /**
   * Pays through a bank that takes its time.
   *
   * @return Stripe's payment intent, which is processing
   */
  public String paysSlowly(Duration atMost) {
    return triesToPaySlowly(atMost).expect(200).text("payment_intent");
  }

  /** Tries the same and sees what happens. */
  public Answer triesToPaySlowly(Duration atMost) {
    return stripe.paySlowly(sessionId, atMost);
  }
}
