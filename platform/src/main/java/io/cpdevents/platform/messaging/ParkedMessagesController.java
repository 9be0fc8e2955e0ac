package io.cpdevents.platform.messaging;

import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.web.Page;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets operators list, replay and drop messages that could not be handled. */
@RestController
@RequestMapping("/api/v1/ops/${cpd.service}/parked-messages")
class ParkedMessagesController {

  /** How many messages a replay handled. */
  record Replayed(int handled) {}

  private final ParkedMessages parked;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;

  ParkedMessagesController(
      ParkedMessages parked, AuditTrail audit, TransactionTemplate transaction) {
    this.parked = parked;
    this.audit = audit;
    this.transaction = transaction;
  }

  @GetMapping
  @PlatformEndpoint(PlatformRole.PLATFORM_SUPPORT)
  Page<ParkedMessages.View> list() {
    return Page.whole(parked.list());
  }

  @PostMapping("/{id}/replay")
  @PlatformEndpoint(PlatformRole.PLATFORM_ADMIN)
  Replayed replay(@PathVariable long id) {
    Replayed replayed = new Replayed(parked.replay(id));
    transaction.executeWithoutResult(_ -> record("parked-message.replayed", id));
    return replayed;
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @PlatformEndpoint(PlatformRole.PLATFORM_ADMIN)
  void drop(@PathVariable long id) {
    parked.drop(id, () -> record("parked-message.dropped", id));
  }

  private void record(String action, long id) {
    audit.record(action, "parked-message", Long.toString(id), null, Map.of());
  }
}
