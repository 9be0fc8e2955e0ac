package io.cpdevents.sandbox.accounts;

/**
 * The payout settings of an account, or whether its payouts are enabled, may have changed.
 * Published in the transaction of the change.
 *
 * @param account the id of the account
 */
public record PayoutsMayChange(String account) {}
