package io.cpdevents.platform.personaldata;

import java.util.List;

/** What a service has about a person; a service with a database has exactly one such bean. */
@FunctionalInterface
public interface TellsAboutPeople {

  /** Its sections. */
  List<Section> sections();

  /**
   * Rows about a person.
   *
   * @param name in camelCase: its name in the export
   * @param query reads the rows about {@code :accountId}, or about {@code :email}, which is in
   *     lower case, or about {@code :addresses}, a JSON array of that one and those from before,
   *     each with {@code email}, {@code since} (null: nobody had it before) and {@code until}
   *     (null: still theirs); its columns are named as they are in the export
   */
  record Section(String name, String query) {}
}
