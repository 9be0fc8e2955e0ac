package io.cpdevents.accounts.auditlog;

import java.util.List;

/** The anchors of the chain, kept where this service's database cannot reach them. */
public interface KeptAnchors {

  /** All of them, whoever wrote them; one a day. */
  List<AuditAnchor> read();
}
