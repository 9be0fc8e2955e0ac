package io.cpdevents.billing.finance;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An account of the ledger.
 *
 * @param account for example {@code stripe} or {@code organization:<id>}
 * @param amountMinor debit positive
 */
@Schema(name = "LedgerAccount")
public record AccountView(String account, String currency, long amountMinor) {}
