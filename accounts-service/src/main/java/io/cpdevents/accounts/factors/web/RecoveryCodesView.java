package io.cpdevents.accounts.factors.web;

import java.util.List;

/**
 * Recovery codes; they are shown this once.
 *
 * @param recoveryCodes each logs in once, with the password, in place of a code of the app
 */
record RecoveryCodesView(List<String> recoveryCodes) {

  RecoveryCodesView {
    recoveryCodes = List.copyOf(recoveryCodes);
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
