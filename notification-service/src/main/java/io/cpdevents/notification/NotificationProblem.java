package io.cpdevents.notification;

import io.cpdevents.platform.error.ProblemCode;

/** The codes by which this service alone refuses. */
public enum NotificationProblem implements ProblemCode {
  MAIL_NOT_FOUND(
      Kind.NOT_FOUND,
      "The mail does not exist, or you may not see it.",
      "Check the id and who is logged in."),
  MAIL_UNDER_WAY(
      Kind.CONFLICT, "The mail is still on its way.", "Wait until it was sent or has failed."),
  RESENT_TOO_OFTEN(
      Kind.CONFLICT, "This mail was sent again too often within a day.", "Wait for a day.");

  private final Kind kind;
  private final String meaning;
  private final String remedy;

  NotificationProblem(Kind kind, String meaning, String remedy) {
    this.kind = kind;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  @Override
  public String remedy() {
    return remedy;
  }
}
