package io.cpdevents.sandbox.balance;

/**
 * More money is available than before; told in the transaction that made it so.
 *
 * @param account whose balance it is
 */
public record BalanceGrew(String account) {}
