package io.cpdevents.accounts.auditlog;

import java.util.function.Consumer;

/** The anchors of the chain, kept where this service's database cannot reach them. */
public interface KeptAnchors {

  /**
   * Hands over all of them, one after the other, whoever wrote them. It is one a day, unless
   * somebody wants to fill the memory of who reads them.
   */
  void forEach(Consumer<AuditAnchor> reader);
}
