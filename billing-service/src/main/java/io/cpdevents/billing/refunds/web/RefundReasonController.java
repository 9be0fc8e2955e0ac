package io.cpdevents.billing.refunds.web;

import io.cpdevents.billing.refunds.RefundQueries;
import io.cpdevents.billing.refunds.RefundReason;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.security.InternalEndpoint;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Gives notification-service what a mail shows and no event may carry: reasons that people type.
 */
@RestController
class RefundReasonController {

  static final int MAX_REFUNDS_PER_REQUEST = 50;

  private final RefundQueries queries;

  RefundReasonController(RefundQueries queries) {
    this.queries = queries;
  }

  /** The reasons of those refunds that exist, in no order. */
  @InternalEndpoint
  @GetMapping("/internal/refund-reasons")
  List<RefundReason> reasons(@RequestParam List<UUID> refundId) {
    if (refundId.size() > MAX_REFUNDS_PER_REQUEST) {
      throw FieldProblem.WRONG_LENGTH.on("refundId");
    }
    return queries.reasons(refundId);
  }
}
