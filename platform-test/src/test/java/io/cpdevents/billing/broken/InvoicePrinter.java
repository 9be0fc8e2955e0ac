package io.cpdevents.billing.broken;

import io.cpdevents.platform.audit.AuditTrail;
import java.util.Map;
import org.springframework.stereotype.Service;

/** Annotated in another way than the rest, and its audit entry says nothing. */
@Service
class InvoicePrinter {

  private final AuditTrail audit;

  InvoicePrinter(AuditTrail audit) {
    this.audit = audit;
  }

  void print() {
    audit.record("invoice.printed", Map.of());
  }
}
