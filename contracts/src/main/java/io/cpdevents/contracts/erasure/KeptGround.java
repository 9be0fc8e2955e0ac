package io.cpdevents.contracts.erasure;

/** On what legal ground something is kept. */
public enum KeptGround {
  /** Books have to be kept for years (GDPR, Article 17 (3) b). */
  TAX_LAW,
  /** The organization still has to keep what it has sold (Article 6 (1) b). */
  CONTRACT,
  /** Claims may have to be defended (Article 17 (3) e). */
  LEGAL_CLAIMS,
  /** Whoever runs the platform answers for its security (Article 6 (1) f). */
  SECURITY
}
