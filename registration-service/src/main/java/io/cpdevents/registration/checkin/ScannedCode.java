package io.cpdevents.registration.checkin;

import java.util.Locale;

/** The code of a ticket as it is stored. */
final class ScannedCode {

  private ScannedCode() {}

  /** What was read or typed; people type it in whatever case. */
  static String of(String read) {
    return read.strip().toUpperCase(Locale.ROOT);
  }
}
