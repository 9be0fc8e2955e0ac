package io.cpdevents.notification.mails;

import io.cpdevents.platform.sql.Parameters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts mails about free tickets to addresses that a buyer has typed, so that nobody can have us
 * fill a stranger's mailbox, or write to many of them. Each mail counts once, however often it is
 * tried. All SQL about that; of an address only the SHA-256 is stored, for a day.
 */
@Component
class AttendeeMails {

  /** One address gets so many from one buyer in a day: the tickets of one large registration. */
  static final int MAX_MAILS_TO_ADDRESS_OF_ACCOUNT = 20;

  /** One address gets so many from all buyers in a day. */
  static final int MAX_MAILS_TO_ADDRESS = 40;

  /** One buyer has so many sent in a day. */
  static final int MAX_MAILS_OF_ACCOUNT = 300;

  static final Duration WINDOW = Duration.ofDays(1);

  /** Where limits are relaxed, for tries and measurements, nobody is bounded. */
  private static final int MANY = 1_000_000;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final int times;

  AttendeeMails(
      JdbcClient jdbc, Clock clock, @Value("${cpd.notification.rate-limits}") String rateLimits) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.times = rateLimits.equals("relaxed") ? MANY : 1;
  }

  /** Whether the mail may go there; it counts from then on, and may ever after. */
  @Transactional
  public boolean admit(UUID mailId, UUID accountId, String address) {
    byte[] digest = sha256(mailboxOf(address));
    lock("attendee-mail-address", HexFormat.of().formatHex(digest));
    lock("attendee-mail-account", accountId.toString());
    Instant now = clock.instant();
    jdbc.sql(
            """
            INSERT INTO attendee_mail (mail_id, address_sha256, account_id, counted_at)
            SELECT :mailId, :address, :accountId, :now
             WHERE (SELECT count(*) FROM attendee_mail
                     WHERE address_sha256 = :address AND counted_at > :since) < :mostToAddress
               AND (SELECT count(*) FROM attendee_mail
                     WHERE address_sha256 = :address AND counted_at > :since
                       AND account_id = :accountId) < :mostToAddressOfAccount
               AND (SELECT count(*) FROM attendee_mail
                     WHERE account_id = :accountId AND counted_at > :since) < :mostOfAccount
            ON CONFLICT (mail_id) DO NOTHING
            """)
        .param("mailId", mailId)
        .param("address", digest)
        .param("accountId", accountId)
        .param("now", Parameters.instant(now))
        .param("since", Parameters.instant(now.minus(WINDOW)))
        .param("mostToAddress", times * MAX_MAILS_TO_ADDRESS)
        .param("mostToAddressOfAccount", times * MAX_MAILS_TO_ADDRESS_OF_ACCOUNT)
        .param("mostOfAccount", times * MAX_MAILS_OF_ACCOUNT)
        .update();
    return jdbc.sql("SELECT EXISTS (SELECT FROM attendee_mail WHERE mail_id = :mailId)")
        .param("mailId", mailId)
        .query(Boolean.class)
        .single();
  }

  /** Removes a batch of those that do not count any more, and returns how many there were. */
  int removeCountedBefore(Instant before, int limit) {
    return jdbc.sql(
            """
            DELETE FROM attendee_mail
            WHERE mail_id IN (SELECT mail_id FROM attendee_mail WHERE counted_at < :before
                              ORDER BY counted_at LIMIT :limit FOR UPDATE SKIP LOCKED)
            """)
        .param("before", Parameters.instant(before))
        .param("limit", limit)
        .update();
  }

  /** Until the transaction ends: the address first, so that no two wait for each other. */
  private void lock(String what, String subject) {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:subject, 0))")
        .param("subject", what + ":" + subject)
        .query((_, _) -> what)
        .single();
  }

  /** What most mail servers deliver to one mailbox: any case, and whatever is after a plus. */
  static String mailboxOf(String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    int at = lower.lastIndexOf('@');
    int plus = lower.indexOf('+');
    return plus > 0 && plus < at ? lower.substring(0, plus) + lower.substring(at) : lower;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
