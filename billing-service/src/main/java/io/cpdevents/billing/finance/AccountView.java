package io.cpdevents.billing.finance;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Currency;

/**
 * An account of the ledger and its balance.
 *
 * @param account for example {@code stripe} or {@code organization:<id>}
 * @param amountMinor in the currency's smallest unit, debit positive
 */
@Schema(name = "LedgerAccount")
public record AccountView(String account, Currency currency, long amountMinor) {}
