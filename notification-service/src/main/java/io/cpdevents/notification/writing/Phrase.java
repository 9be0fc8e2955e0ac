package io.cpdevents.notification.writing;

/**
 * One of several things that mails have words for; an enumeration implements it. The words are the
 * lines {@code <enumeration>.<constant>}, both in kebab-case: {@code dispute-reason.fraudulent}.
 */
public interface Phrase {

  /** The constant's name. */
  String name();
}
