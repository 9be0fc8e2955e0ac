package io.cpdevents.platform.security;

import io.cpdevents.platform.error.RuleViolation;

/**
 * Asked before something of consequence is done for a person, such as having money paid out: a
 * stolen session alone must not be enough for it. This is the one place that decides what counts as
 * recent. Access tokens do not tell yet when their person has logged in, so every log-in does.
 */
@FunctionalInterface
public interface RecentLogIn {

  /**
   * Goes on only when the person has logged in lately.
   *
   * @throws RuleViolation 403, when they have to log in once more
   */
  void require(Caller caller);
}
