package io.cpdevents.accounts.erasure;

import com.nimbusds.jose.jwk.ECKey;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.Kept;
import io.cpdevents.platform.sql.Columns;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The read side of erasures. */
@Component
public class ErasureQueries {

  /**
   * Whom a service has to find in its own tables; for internal calls alone.
   *
   * @param formerNames what the person was called before
   * @param formerEmails the verified addresses that the person had before
   * @param emailSince when somebody else gave the address up that is the person's now; null: nobody
   *     did
   */
  public record ErasedPerson(
      UUID accountId,
      String email,
      String name,
      List<String> formerNames,
      List<FormerEmail> formerEmails,
      @Nullable Instant emailSince) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  /**
   * An address that was the person's.
   *
   * @param since when somebody else gave it up who had it before; null: nobody did
   * @param until when it was given up, where it is another account's by now, or has been since;
   *     null: nobody else's
   */
  public record FormerEmail(String email, @Nullable Instant since, @Nullable Instant until) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  /**
   * What the last mail to a person says.
   *
   * @param keys where the keys are by which it is verified
   * @param receipt the signed receipt, a JWS
   */
  public record MailedReceipt(
      UUID erasureId, Instant requestedAt, List<Kept> kept, URI keys, String receipt) {}

  /** A set of public keys (RFC 7517). */
  public record ReceiptKeys(List<ReceiptKey> keys) {}

  /** A public key, as JWK. */
  public record ReceiptKey(
      @Schema(pattern = WORD) String kid,
      @Schema(pattern = "^EC$") String kty,
      @Schema(pattern = "^P-256$") String crv,
      @Schema(pattern = WORD) String x,
      @Schema(pattern = WORD) String y,
      @Schema(pattern = "^sig$") String use,
      @Schema(pattern = "^ES256$") String alg) {}

  /** Base64url of 32 bytes. */
  private static final String WORD = "^[A-Za-z0-9_-]{43}$";

  private final JdbcClient jdbc;
  private final Erasures erasures;
  private final ErasureReceipts receipts;
  private final URI keys;

  ErasureQueries(
      JdbcClient jdbc,
      Erasures erasures,
      ErasureReceipts receipts,
      @Value("${cpd.public-url}") String publicUrl) {
    this.keys = URI.create(publicUrl + "/api/v1/accounts/erasure-receipt-keys");
    this.jdbc = jdbc;
    this.erasures = erasures;
    this.receipts = receipts;
  }

  /** The person's latest erasure. */
  public Optional<ErasureView> latestOf(UUID accountId) {
    return erasures.findLatest(accountId).map(ErasureView::of);
  }

  /** The person of an erasure that has begun; empty when it has not, or is done. */
  public Optional<ErasedPerson> personOf(UUID erasureId) {
    return jdbc.sql(
            """
            SELECT a.id, a.email, a.name,
                   (SELECT max(others.until) FROM former_identity others
                     WHERE others.email = a.email AND others.account_id <> a.id) AS email_since
              FROM erasure e JOIN account a ON a.id = e.account_id
             WHERE e.id = :erasureId AND e.started_at IS NOT NULL
            """)
        .param("erasureId", erasureId)
        .query((row, _) ->
            new ErasedPerson(
                Columns.uuid(row, "id"),
                row.getString("email"),
                row.getString("name"),
                formerNames(Columns.uuid(row, "id")),
                formerEmails(Columns.uuid(row, "id")),
                Columns.instantOrNull(row, "email_since")))
        .optional();
  }

  private List<String> formerNames(UUID accountId) {
    return jdbc.sql("SELECT DISTINCT name FROM former_identity WHERE account_id = :accountId")
        .param("accountId", accountId)
        .query((row, _) -> row.getString("name"))
        .list();
  }

  private List<FormerEmail> formerEmails(UUID accountId) {
    return jdbc.sql(
            """
            SELECT f.email,
                   CASE WHEN EXISTS (SELECT FROM account a
                                      WHERE a.email = f.email AND a.email_verified_at IS NOT NULL)
                          OR EXISTS (SELECT FROM former_identity others
                                      WHERE others.email = f.email
                                        AND others.account_id <> :accountId)
                        THEN max(f.until) END AS until,
                   (SELECT max(before.until) FROM former_identity before
                     WHERE before.email = f.email AND before.account_id <> :accountId
                       AND before.until < max(f.until)) AS since
              FROM former_identity f
             WHERE f.account_id = :accountId
               AND f.email <> (SELECT email FROM account WHERE id = :accountId)
             GROUP BY f.email
            """)
        .param("accountId", accountId)
        .query((row, _) ->
            new FormerEmail(
                row.getString("email"),
                Columns.instantOrNull(row, "since"),
                Columns.instantOrNull(row, "until")))
        .list();
  }

  /** What the mail with the receipt says. */
  public Optional<MailedReceipt> receiptOf(UUID erasureId) {
    return erasures
        .find(erasureId)
        .flatMap(erasure ->
            Optional.ofNullable(erasure.receipt())
                .map(receipt ->
                    new MailedReceipt(
                        erasure.id(),
                        erasure.requestedAt(),
                        Stream.concat(
                                ErasureReceipts.KEPT_HERE.stream(),
                                erasures.answers(erasureId).stream()
                                    .flatMap(answer -> answer.kept().stream()))
                            .distinct()
                            .toList(),
                        keys,
                        receipt)));
  }

  /** The keys by which receipts are verified, the one that signs now first. */
  public ReceiptKeys receiptKeys() {
    return new ReceiptKeys(receipts.published().stream().map(ErasureQueries::view).toList());
  }

  private static ReceiptKey view(ECKey key) {
    return new ReceiptKey(
        key.getKeyID(),
        "EC",
        "P-256",
        key.getX().toString(),
        key.getY().toString(),
        "sig",
        "ES256");
  }
}
