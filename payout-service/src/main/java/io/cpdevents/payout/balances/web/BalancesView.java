package io.cpdevents.payout.balances.web;

import java.util.List;

/**
 * An organization's balances.
 *
 * @param data one for each currency the organization ever had something in, by currency
 */
public record BalancesView(List<BalanceView> data) {}
