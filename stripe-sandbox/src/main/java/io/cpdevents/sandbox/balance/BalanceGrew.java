package io.cpdevents.sandbox.balance;

/**
 * The available balance of an account has grown. Published in the transaction of the change.
 *
 * @param account the account that owns the balance
 */
public record BalanceGrew(String account) {}
