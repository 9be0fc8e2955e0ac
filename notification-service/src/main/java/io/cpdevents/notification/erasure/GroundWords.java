package io.cpdevents.notification.erasure;

import io.cpdevents.contracts.erasure.KeptGround;
import io.cpdevents.notification.writing.Phrase;

/** Words for the grounds on which something is kept. */
enum GroundWords implements Phrase {
  TAX_LAW,
  CONTRACT,
  LEGAL_CLAIMS,
  SECURITY;

  static GroundWords of(KeptGround ground) {
    return switch (ground) {
      case TAX_LAW -> TAX_LAW;
      case CONTRACT -> CONTRACT;
      case LEGAL_CLAIMS -> LEGAL_CLAIMS;
      case SECURITY -> SECURITY;
    };
  }
}
