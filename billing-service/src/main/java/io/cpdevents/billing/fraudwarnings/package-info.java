/** Warnings of cards' banks that a payment is fraud: shown, told, and refunded if wanted. */
package io.cpdevents.billing.fraudwarnings;
