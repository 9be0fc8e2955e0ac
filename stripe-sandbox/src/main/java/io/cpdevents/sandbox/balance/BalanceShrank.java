package io.cpdevents.sandbox.balance;

/**
 * The balance of an account has become smaller. Published in the transaction of the change.
 *
 * @param account the account that owns the balance
 */
public record BalanceShrank(String account) {}
