package io.cpdevents.notification.erasure;

import io.cpdevents.contracts.erasure.KeptRecord;
import io.cpdevents.notification.writing.Phrase;

/** Words for what is kept. */
enum KeptWords implements Phrase {
  REGISTRATIONS,
  PAYMENTS,
  DISPUTES,
  DISPUTE_EVIDENCE,
  MAIL_RECORDS,
  AUDIT_LOG;

  static KeptWords of(KeptRecord what) {
    return switch (what) {
      case REGISTRATIONS -> REGISTRATIONS;
      case PAYMENTS -> PAYMENTS;
      case DISPUTES -> DISPUTES;
      case DISPUTE_EVIDENCE -> DISPUTE_EVIDENCE;
      case MAIL_RECORDS -> MAIL_RECORDS;
      case AUDIT_LOG -> AUDIT_LOG;
    };
  }
}
