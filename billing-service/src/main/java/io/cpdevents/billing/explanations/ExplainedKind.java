package io.cpdevents.billing.explanations;

import io.cpdevents.contracts.ContractsJson;

/** What a person can ask to be explained. */
public enum ExplainedKind {
  PAYMENT,
  REFUND,
  DISPUTE,
  PAYOUT,
  ORGANIZATION_BALANCE,
  ACCOUNT,
  BALANCE_TRANSACTION;

  /** As addresses say it. */
  public String wireName() {
    return ContractsJson.kebabCase(this);
  }
}
