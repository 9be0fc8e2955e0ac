package io.cpdevents.notification.erasure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cpdevents.contracts.erasure.ErasureAnswerEvent.Kept;
import io.cpdevents.notification.smtp.Attachment;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.Wording;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The last mail to a person: they are erased, this is what is kept, and the signed receipt is
 * attached. Cause: the erasure.
 */
@Component
public class ErasureReceipt extends MailKind<ErasureReceipt.Subject, ReceiptContent> {

  static final String TEMPLATE = "erasure-done";

  /** Whose receipt it is. */
  public record Subject(UUID erasureId) implements MailSubject {}

  record Model(String requestedAt, List<String> kept, URI keys) {}

  private static final String FILE_NAME = "erasure-receipt.json";

  ErasureReceipt(ReceiptContents contents) {
    super(TEMPLATE, Subject.class, contents, Subject::erasureId);
  }

  @Override
  protected Optional<Model> model(Subject subject, ReceiptContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.moment(content.requestedAt()),
            content.kept().stream().map(kept -> line(kept, wording)).toList(),
            content.keys()));
  }

  @Override
  protected List<Attachment> attachments(Subject subject, ReceiptContent content, Wording wording) {
    return List.of(
        Attachment.file(FILE_NAME, "application/jose+json", content.receipt().getBytes(US_ASCII)));
  }

  private static String line(Kept kept, Wording wording) {
    return wording.phrase(KeptWords.of(kept.what()))
        + " ("
        + wording.phrase(GroundWords.of(kept.ground()))
        + ")";
  }
}
