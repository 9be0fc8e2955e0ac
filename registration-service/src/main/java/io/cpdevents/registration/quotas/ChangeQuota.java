package io.cpdevents.registration.quotas;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.web.IfMatch;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin changes a quota; what was sold stays sold. */
@Component
public class ChangeQuota {

  private final QuotaEditing editing;
  private final QuotaQueries queries;

  ChangeQuota(QuotaEditing editing, QuotaQueries queries) {
    this.editing = editing;
    this.queries = queries;
  }

  /**
   * A change of a quota's terms.
   *
   * @param seen the version that the caller has seen
   * @param change makes the new terms from the present ones
   */
  public record Command(UUID quotaId, IfMatch seen, UnaryOperator<QuotaTerms> change) {}

  /**
   * Changes the terms; nothing happens when they stay as they are.
   *
   * @throws RuleViolation {@code quota-not-found}, {@code role-missing}, {@code event-cancelled},
   *     {@code changed-meanwhile}, {@code invalid-request} or {@code quota-below-taken}
   */
  @Transactional
  public QuotaView handle(Command command, Caller caller) {
    Quota before = editing.lock(command.quotaId(), caller);
    command.seen().require(before.version());
    Quota after = before.changed(command.change().apply(before.terms()));
    if (!after.terms().equals(before.terms())) {
      editing.save("quota.changed", before, after);
    }
    return queries.get(command.quotaId(), caller);
  }
}
