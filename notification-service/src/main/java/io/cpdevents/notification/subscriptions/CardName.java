package io.cpdevents.notification.subscriptions;

import java.util.Locale;

/**
 * A card, as its people recognise it.
 *
 * @param brand Stripe's word, such as {@code visa}
 * @param last4 the last digits of its number
 */
public record CardName(String brand, String last4) {

  /** The same in every language. */
  String shown() {
    return "%s •••• %s".formatted(brand.replace('_', ' ').toUpperCase(Locale.ROOT), last4);
  }
}
