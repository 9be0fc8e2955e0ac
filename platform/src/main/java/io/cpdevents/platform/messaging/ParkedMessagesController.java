package io.cpdevents.platform.messaging;

import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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
@Tag(name = "Operations", description = "For those who operate the platform.")
@RestController
@RequestMapping("/api/v1/ops/${cpd.service}/parked-messages")
class ParkedMessagesController {

  /** How many messages a replay handled. */
  @Schema(name = "ReplayedMessages")
  record Replayed(int handled) {}

  /** Clients in JavaScript read no greater number exactly. */
  private static final long MAX_ID = 9_007_199_254_740_991L;

  private final ParkedMessages parked;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;

  ParkedMessagesController(
      ParkedMessages parked, AuditTrail audit, TransactionTemplate transaction) {
    this.parked = parked;
    this.audit = audit;
    this.transaction = transaction;
  }

  @Operation(
      summary = "Messages that could not be handled: the first of each key, of at most 100 keys")
  @GetMapping
  @PlatformEndpoint(PlatformRole.PLATFORM_SUPPORT)
  Page<ParkedMessages.View> listParkedMessages() {
    return Page.whole(parked.list());
  }

  @Operation(summary = "Handle a parked message and those behind it once more")
  @RefusesCommonly({
    CommonProblem.PARKED_MESSAGE_NOT_FOUND,
    CommonProblem.REPLAY_FAILED,
    CommonProblem.NO_LISTENER,
    CommonProblem.NOT_FIRST_OF_KEY
  })
  @PostMapping("/{messageId}/replay")
  @PlatformEndpoint(PlatformRole.PLATFORM_ADMIN)
  Replayed replayParkedMessage(@PathVariable @Min(1) @Max(MAX_ID) long messageId) {
    Replayed replayed = new Replayed(parked.replay(messageId));
    transaction.executeWithoutResult(_ -> record("replayed", messageId));
    return replayed;
  }

  @Operation(summary = "Drop a parked message")
  @RefusesCommonly({CommonProblem.PARKED_MESSAGE_NOT_FOUND, CommonProblem.NOT_FIRST_OF_KEY})
  @DeleteMapping("/{messageId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @PlatformEndpoint(PlatformRole.PLATFORM_ADMIN)
  void dropParkedMessage(@PathVariable @Min(1) @Max(MAX_ID) long messageId) {
    parked.drop(messageId, () -> record("dropped", messageId));
  }

  private void record(String became, long id) {
    audit.record(
        "parked-message." + became,
        "parked-message",
        Long.toString(id),
        null,
        new Change(Map.of("status", "parked"), Map.of("status", became)));
  }
}
