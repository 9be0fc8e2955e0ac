package io.cpdevents.payout.balances;

import io.cpdevents.platform.money.Money;
import java.util.UUID;

/**
 * All that an organization has in one currency by its entries: pending, available, reserved and in
 * transit together.
 */
public record BalanceSum(UUID organizationId, Money amount) {}
