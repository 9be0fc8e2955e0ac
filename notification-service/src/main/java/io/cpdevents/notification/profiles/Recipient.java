package io.cpdevents.notification.profiles;

import org.jspecify.annotations.Nullable;

/** Where a person's mail goes. */
public sealed interface Recipient {

  /**
   * The person can be written to.
   *
   * @param name empty when the mail must not name the person
   * @param locale BCP 47; null when the person chose none
   * @param timeZone IANA; null when the person chose none
   */
  record Known(String email, String name, @Nullable String locale, @Nullable String timeZone)
      implements Recipient {

    /** Who somebody is belongs in no log. */
    @Override
    public String toString() {
      return "Known[…]";
    }
  }

  /** The person was erased: there is nobody to write to any more. */
  record Erased() implements Recipient {}
}
