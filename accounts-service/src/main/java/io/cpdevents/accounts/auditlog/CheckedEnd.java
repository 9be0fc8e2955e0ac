package io.cpdevents.accounts.auditlog;

import io.cpdevents.accounts.auditlog.AuditEntry.ChainHead;
import java.util.HexFormat;

/**
 * Up to where the audit log was checked. Whoever asks for the rest brings it along: kept in the
 * database it would be worth as little as the database.
 *
 * @param entries how many entries were checked
 * @param headHash the hash of the last of them, hexadecimal
 */
public record CheckedEnd(long entries, String headHash) {

  /** How it is written: the two, with a dash between them. */
  public static final String FORM = "[0-9]{1,18}-[0-9a-f]{64}";

  /** How long that is at most. */
  public static final int MAX_CHARACTERS = 83;

  /** Nothing was checked yet. */
  public static final CheckedEnd NOTHING = of(ChainHead.none());

  static CheckedEnd of(ChainHead head) {
    return new CheckedEnd(head.seq(), HexFormat.of().formatHex(head.hash()));
  }

  /** Reads what has the {@link #FORM}. */
  public static CheckedEnd parse(String text) {
    int dash = text.indexOf('-');
    return new CheckedEnd(Long.parseLong(text.substring(0, dash)), text.substring(dash + 1));
  }

  ChainHead asHead() {
    return new ChainHead(entries, HexFormat.of().parseHex(headHash));
  }

  @Override
  public String toString() {
    return entries + "-" + headHash;
  }
}
