package io.cpdevents.registration.events;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what a person types into a query over event titles and venues. */
final class SearchWords {

  /** Further words are left out. */
  private static final int MAX_WORDS = 8;

  private static final Pattern NOT_IN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private SearchWords() {}

  /**
   * A {@code tsquery} that wants every word, each as the beginning of a word of the event; null
   * when there is no word. Only letters and digits get into it.
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
