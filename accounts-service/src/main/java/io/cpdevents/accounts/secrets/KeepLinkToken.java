package io.cpdevents.accounts.secrets;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A mail with a link is sent, perhaps again: the token that {@code CPD_TOKEN_KEY} makes now is the
 * one that counts. When the key was changed since the mail before, the link of that one dies.
 */
@Component
public class KeepLinkToken {

  /** What a link is about, by the table that has its token's digest. */
  public enum Kind {
    VERIFICATION_MAIL("verification_mail"),
    PASSWORD_RESET("password_reset"),
    EMAIL_CHANGE("email_change"),
    EMAIL_REVERT("email_revert"),
    INVITATION("invitation");

    private final String table;

    Kind(String table) {
      this.table = table;
    }
  }

  /**
   * A link.
   *
   * @param id of what it is about
   */
  public record Command(Kind kind, UUID id, OpaqueToken token) {}

  private final LinkDigests digests;

  KeepLinkToken(LinkDigests digests) {
    this.digests = digests;
  }

  /** From now on this token counts; as a rule it is the one that did. Returns it. */
  @Transactional
  public OpaqueToken handle(Command command) {
    digests.replace(command.kind().table, command.id(), command.token().sha256());
    return command.token();
  }
}
