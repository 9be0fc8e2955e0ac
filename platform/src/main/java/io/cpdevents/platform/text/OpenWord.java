package io.cpdevents.platform.text;

/**
 * The form of words that stand for something and of which more may come than anybody knows today,
 * such as Stripe's statuses or the plans, which are data. Words that are all known are constants.
 */
public final class OpenWord {

  /** Such as {@code payment-captured}. */
  public static final String FORM = "[a-z0-9]+(-[a-z0-9]+)*";

  private OpenWord() {}
}
