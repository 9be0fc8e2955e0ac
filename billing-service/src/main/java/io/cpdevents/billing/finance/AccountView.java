package io.cpdevents.billing.finance;

/**
 * An account of the ledger.
 *
 * @param account for example {@code stripe} or {@code organization:<id>}
 * @param amountMinor debit positive
 */
public record AccountView(String account, String currency, long amountMinor) {}
