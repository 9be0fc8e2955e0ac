package io.cpdevents.billing.console;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.explanations.Explanation;
import io.cpdevents.billing.explanations.ExplanationQueries;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.error.RuleViolation;
import java.util.List;
import java.util.UUID;

/** What a person can ask to be explained. */
public enum ExplainedKind {
  PAYMENT {
    @Override
    public List<Explanation> explain(ExplanationQueries queries, String id) {
      return queries.payment(uuid(id), null, null);
    }
  },
  REFUND {
    @Override
    public List<Explanation> explain(ExplanationQueries queries, String id) {
      return queries.refund(uuid(id), null, null);
    }
  },
  DISPUTE {
    @Override
    public List<Explanation> explain(ExplanationQueries queries, String id) {
      return queries.dispute(uuid(id), null, null);
    }
  },
  PAYOUT {
    @Override
    public List<Explanation> explain(ExplanationQueries queries, String id) {
      return queries.payout(uuid(id), null, null);
    }
  },
  ORGANIZATION_BALANCE {
    @Override
    public List<Explanation> explain(ExplanationQueries queries, String id) {
      return queries.organizationBalance(uuid(id), null);
    }
  },
  ACCOUNT {
    @Override
    public List<Explanation> explain(ExplanationQueries queries, String id) {
      return queries.account(id, null);
    }
  },
  BALANCE_TRANSACTION {
    @Override
    public List<Explanation> explain(ExplanationQueries queries, String id) {
      return queries.balanceTransaction(id, null);
    }
  };

  /**
   * One tree for each currency.
   *
   * @throws RuleViolation 404 {@code explanation-not-found}
   */
  public abstract List<Explanation> explain(ExplanationQueries queries, String id);

  /** As addresses say it. */
  public String wireName() {
    return ContractsJson.kebabCase(this);
  }

  /** A person types ids by hand: what is no id is an object that is not there. */
  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException malformed) {
      throw BillingProblem.EXPLANATION_NOT_FOUND.violation();
    }
  }
}
