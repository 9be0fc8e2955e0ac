package io.cpdevents.accounts.erasure;

import io.cpdevents.accounts.erasure.Erasures.Answer;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureReceiptSigned;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.Kept;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A service has forgotten a person; when all have, the receipt is signed. */
@Component
public class AcceptErasureAnswer {

  /** What a service has answered. */
  public record Command(UUID erasureId, String service, Instant answeredAt, List<Kept> kept) {}

  private final Erasures erasures;
  private final ErasureReceipts receipts;
  private final Outbox outbox;
  private final Clock clock;

  AcceptErasureAnswer(Erasures erasures, ErasureReceipts receipts, Outbox outbox, Clock clock) {
    this.erasures = erasures;
    this.receipts = receipts;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Keeps the answer; one that comes twice or late changes nothing. */
  @Transactional
  public void handle(Command command) {
    Erasure erasure = erasures.lock(command.erasureId()).orElseThrow();
    if (erasure.receipt() != null) {
      erasure.answered(clock.instant());
      return;
    }
    erasures.addAnswer(
        erasure.id(), new Answer(command.service(), command.answeredAt(), command.kept()));
    List<Answer> answers = erasures.answers(erasure.id());
    Set<String> answered = answers.stream().map(Answer::service).collect(Collectors.toSet());
    Instant now = clock.instant();
    if (answered.containsAll(Erasure.SERVICES)) {
      erasure
          .signed(receipts.sign(erasure, answers, now), now)
          .ifPresent(signed -> {
            erasures.save(signed);
            outbox.append(new ErasureReceiptSigned(signed.accountId(), signed.id(), now));
          });
    } else {
      erasure.answered(now).ifPresent(erasures::save);
    }
  }
}
