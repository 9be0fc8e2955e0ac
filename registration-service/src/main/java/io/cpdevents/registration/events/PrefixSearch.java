package io.cpdevents.registration.events;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Full-text search by the beginnings of words. */
final class PrefixSearch {

  /** Further words are left out. */
  private static final int MAX_WORDS = 8;

  private static final Pattern NOT_IN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private PrefixSearch() {}

  /**
   * The {@code tsquery} for what a person has typed: every typed word must be the beginning of a
   * word that is searched. Null when nothing typed is a word. Only letters and digits get into it,
   * so that nobody can write operators of the query language.
   */
  static @Nullable String toQuery(String typed) {
    String query =
        Arrays.stream(NOT_IN_WORDS.split(typed))
            .filter(word -> !word.isEmpty())
            .limit(MAX_WORDS)
            .map(word -> word + ":*")
            .collect(joining(" & "));
    return query.isEmpty() ? null : query;
  }
}
