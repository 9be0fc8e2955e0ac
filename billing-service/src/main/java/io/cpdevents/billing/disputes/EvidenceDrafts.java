package io.cpdevents.billing.disputes;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about evidence: texts, files, and who is sending them. */
@Component
class EvidenceDrafts {

  /** The texts as they are in their column. */
  static final class Texts extends TreeMap<String, String> {
    private static final long serialVersionUID = 1L;

    Texts() {}

    Texts(Map<String, String> texts) {
      super(texts);
    }
  }

  private final JdbcClient jdbc;

  EvidenceDrafts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What has been written and chosen for a dispute so far. */
  EvidenceDraft of(UUID disputeId) {
    Texts texts =
        jdbc.sql("SELECT evidence FROM dispute WHERE id = :id")
            .param("id", disputeId)
            .query((row, _) -> Columns.json(Texts.class, row, "evidence"))
            .single();
    List<EvidenceDraft.File> files =
        jdbc.sql(
                """
                SELECT dispute_file.* FROM dispute_file JOIN dispute ON dispute.id = dispute_id
                WHERE dispute_id = :id AND dispute_file.id = ANY (evidence_file_ids)
                ORDER BY dispute_file.id
                """)
            .param("id", disputeId)
            .query(EvidenceDrafts::file)
            .list();
    return new EvidenceDraft(texts, files);
  }

  /** All files that were uploaded for a dispute. */
  List<EvidenceDraft.File> files(UUID disputeId) {
    return jdbc.sql("SELECT * FROM dispute_file WHERE dispute_id = :id ORDER BY id")
        .param("id", disputeId)
        .query(EvidenceDrafts::file)
        .list();
  }

  /** Saves a draft; the payment of its dispute is locked. */
  void save(UUID disputeId, EvidenceDraft draft) {
    jdbc.sql("UPDATE dispute SET evidence = :texts, evidence_file_ids = :files WHERE id = :id")
        .param("id", disputeId)
        .param("texts", Parameters.json(new Texts(draft.texts())))
        .param("files", Parameters.uuids(draft.files(), EvidenceDraft.File::id))
        .update();
  }

  /**
   * Lets one request at a time answer a dispute, so that what is saved is what Stripe was told;
   * false when another one is at it.
   *
   * @param intentId of the request; the same one may go on
   * @param until system time after which a request that has died is not waited for
   */
  boolean claim(UUID disputeId, UUID intentId, Instant now, Instant until) {
    return jdbc.sql(
                """
                UPDATE dispute SET answered_by = :intentId, answered_until = :until
                WHERE id = :id
                  AND (answered_until IS NULL OR answered_by = :intentId OR answered_until < :now)
                """)
            .param("id", disputeId)
            .param("intentId", intentId)
            .param("until", Parameters.instant(until))
            .param("now", Parameters.instant(now))
            .update()
        == 1;
  }

  /** Whether it was this request that has answered the dispute last, or has tried to. */
  boolean isAnsweredBy(UUID disputeId, UUID intentId) {
    return jdbc.sql(
            "SELECT EXISTS (SELECT FROM dispute WHERE id = :id AND answered_by = :intentId)")
        .param("id", disputeId)
        .param("intentId", intentId)
        .query(Boolean.class)
        .single();
  }

  /** Lets the next request answer the dispute. */
  void release(UUID disputeId, UUID intentId) {
    jdbc.sql(
            """
            UPDATE dispute SET answered_until = NULL
            WHERE id = :id AND answered_by = :intentId
            """)
        .param("id", disputeId)
        .param("intentId", intentId)
        .update();
  }

  /** Adds a file; one that was added before stays. */
  boolean insert(UUID disputeId, EvidenceDraft.File file, UUID uploadedBy, Instant now) {
    return jdbc.sql(
                """
                INSERT INTO dispute_file (
                    id, dispute_id, purpose, stripe_file_id, size_bytes, uploaded_by, uploaded_at)
                VALUES (:id, :disputeId, :purpose, :stripeFileId, :sizeBytes, :uploadedBy, :now)
                ON CONFLICT (id) DO NOTHING
                """)
            .param("id", file.id())
            .param("disputeId", disputeId)
            .param("purpose", Parameters.constant(file.purpose()))
            .param("stripeFileId", file.stripeFileId())
            .param("sizeBytes", file.sizeBytes())
            .param("uploadedBy", uploadedBy)
            .param("now", Parameters.instant(now))
            .update()
        == 1;
  }

  private static EvidenceDraft.File file(ResultSet row, int number) throws SQLException {
    return new EvidenceDraft.File(
        Columns.uuid(row, "id"),
        Columns.constant(EvidencePurpose.class, row, "purpose"),
        row.getString("stripe_file_id"),
        row.getInt("size_bytes"));
  }
}
