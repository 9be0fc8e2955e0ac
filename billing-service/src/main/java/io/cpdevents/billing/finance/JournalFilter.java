package io.cpdevents.billing.finance;

import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.billing.ledger.LedgerAccount;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.sql.Period;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which journals are listed; a filter that is null excludes nothing.
 *
 * @param businessId what the journal is the only one of its kind about, whole
 * @param account one of whose lines is on it, by its whole name
 * @param organizationId one of whose accounts a line is on
 * @param period in which they were recorded
 */
public record JournalFilter(
    @Nullable JournalKind kind,
    @Nullable String businessId,
    @Nullable String account,
    @Nullable UUID organizationId,
    Period period) {

  /** Which rows, as a part of a statement. */
  String condition() {
    return (kind == null ? "" : " AND kind = :kind")
        + (businessId == null ? "" : " AND business_id = :businessId")
        + (account == null ? "" : " AND " + hasLineOn("account = :account"))
        + (organizationId == null
            ? ""
            : " AND " + hasLineOn("account = ANY (:organizationsAccounts)"))
        + period.condition("recorded_at");
  }

  private static String hasLineOn(String accounts) {
    return "EXISTS (SELECT FROM posting WHERE journal_id = journal.id AND " + accounts + ")";
  }

  /** The parameters of that. */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new HashMap<>(period.parameters());
    parameters.put("kind", Parameters.constant(kind));
    parameters.put("businessId", Parameters.text(businessId));
    parameters.put("account", Parameters.text(account));
    if (organizationId != null) {
      parameters.put(
          "organizationsAccounts",
          Parameters.texts(LedgerAccount.allOf(organizationId), LedgerAccount::name));
    }
    return parameters;
  }
}
