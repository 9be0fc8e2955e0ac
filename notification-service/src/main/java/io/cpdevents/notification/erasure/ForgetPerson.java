package io.cpdevents.notification.erasure;

import io.cpdevents.contracts.erasure.ErasureAnswerEvent.Kept;
import io.cpdevents.contracts.erasure.KeptGround;
import io.cpdevents.contracts.erasure.KeptRecord;
import io.cpdevents.platform.erasure.ForgetsPeople;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Mails have neither texts nor addresses, so nothing is taken out of them. The profile goes with
 * its tombstone, after the last mail.
 */
@Component
class ForgetPerson implements ForgetsPeople {

  @Override
  public String service() {
    return "notification";
  }

  @Override
  public Forgetting prepare(UUID erasureId, UUID accountId) {
    return () -> List.of(new Kept(KeptRecord.MAIL_RECORDS, KeptGround.LEGAL_CLAIMS));
  }
}
