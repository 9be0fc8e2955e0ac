package io.cpdevents.contracts;

/**
 * An amount on the wire.
 *
 * @param amountMinor in the currency's minor unit as Stripe counts it (cents for CAD, whole yen for
 *     JPY, thousandths for KWD); may be negative where the field's description says so
 * @param currency ISO 4217, upper case
 */
public record MoneyAmount(long amountMinor, String currency) {}
