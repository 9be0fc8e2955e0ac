package io.cpdevents.registration.promocodes;

/** Whether a promo code gives anything off; its organization may end it and take it up again. */
public enum PromoCodeStatus {
  /** It does, within its limits. */
  ACTIVE,
  /** It does not; registrations that were made with it stay as they are. */
  ENDED
}
