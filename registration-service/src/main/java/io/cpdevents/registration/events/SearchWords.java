package io.cpdevents.registration.events;

import static java.util.stream.Collectors.joining;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The words by which an event is found. What is indexed and what is typed is cut into words by the
 * same code, so that an event is found by its own title, by any word of it, with or without
 * accents.
 */
final class SearchWords {

  /** Further words of what is typed are left out. */
  private static final int MAX_TYPED_WORDS = 8;

  /** PostgreSQL takes words of 2,046 bytes; what comes after this tells nobody anything. */
  private static final int MAX_WORD_CHARACTERS = 60;

  /** The scripts that are written without blanks, and the mark that lengthens a Japanese vowel. */
  private static final String UNSPACED =
      "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\u30fc"
          + "\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}";

  /**
   * A run of a script without blanks, a word of any other, or a symbol. Marks belong to words:
   * Hindi writes its vowels with them.
   */
  private static final Pattern WORD =
      Pattern.compile(
          "(?<run>[%1$s&&\\P{Nd}]+)|[[\\p{L}\\p{M}\\p{N}&&[^%1$s]]\\p{Nd}]+|\\p{So}"
              .formatted(UNSPACED));

  /** A character with its marks. */
  private static final Pattern CHARACTER = Pattern.compile("\\P{M}?\\p{M}*");

  /** They would become letters of the word before them. */
  private static final Pattern TRADE_MARKS = Pattern.compile("[\u2120\u2122]");

  /** Joiners, soft hyphens and direction marks are inside words and show nothing. */
  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+");

  /** The scripts whose marks many people leave out when they type. */
  private static final Set<UnicodeScript> ACCENTED =
      Set.of(UnicodeScript.INHERITED, UnicodeScript.ARABIC, UnicodeScript.HEBREW);

  /** The marks of Japanese, which has other words without them. */
  private static final Set<Integer> VOICED = Set.of(0x3099, 0x309A);

  private static final int ARABIC_TATWEEL = 0x0640;

  /** Letters that Unicode does not take apart, though people do. */
  private static final Map<Integer, String> PLAIN_LETTERS =
      Map.ofEntries(
          Map.entry((int) 'ß', "ss"),
          Map.entry((int) 'æ', "ae"),
          Map.entry((int) 'œ', "oe"),
          Map.entry((int) 'ø', "o"),
          Map.entry((int) 'đ', "d"),
          Map.entry((int) 'ð', "d"),
          Map.entry((int) 'ħ', "h"),
          Map.entry((int) 'ı', "i"),
          Map.entry((int) 'ł', "l"),
          Map.entry((int) 'þ', "th"),
          Map.entry((int) 'ς', "σ"));

  private SearchWords() {}

  /**
   * The different words of a text. Where blanks do not tell words apart, every character and every
   * two that stand together count as one: so a text is found by any part of it.
   */
  static List<String> of(String text) {
    return words(text, true).toList();
  }

  private static Stream<String> words(String text, boolean indexed) {
    return WORD.matcher(folded(text))
        .results()
        .flatMap(word ->
            word.group("run") == null ? Stream.of(word.group()) : pairs(word.group(), indexed))
        .map(SearchWords::shortened)
        .distinct();
  }

  private static Stream<String> pairs(String run, boolean indexed) {
    List<String> characters =
        CHARACTER
            .matcher(run)
            .results()
            .map(MatchResult::group)
            .filter(character -> !character.isEmpty())
            .toList();
    Stream<String> pairs =
        IntStream.range(1, characters.size())
            .mapToObj(i -> characters.get(i - 1) + characters.get(i));
    return indexed || characters.size() == 1 ? Stream.concat(pairs, characters.stream()) : pairs;
  }

  /**
   * The {@code tsquery} for what a person has typed: an event must contain every word; the last
   * word may be unfinished, so it is matched as a prefix. Null when nothing typed is a word. Only
   * letters, marks, digits and pictures get into it, so that nobody can write operators of the
   * query language.
   */
  static @Nullable String toQuery(String typed) {
    List<String> words = words(typed, false).toList();
    if (words.isEmpty()) {
      return null;
    }
    return words.stream()
        .limit(MAX_TYPED_WORDS)
        .map(word -> "'" + word + "'")
        .collect(joining(" & ", "", ":*"));
  }

  /** Without case, accents and different ways to write the same letter. */
  private static String folded(String text) {
    String plainText = TRADE_MARKS.matcher(text).replaceAll(" ");
    String apart = Normalizer.normalize(plainText, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    String plain =
        INVISIBLE
            .matcher(apart)
            .replaceAll("")
            .codePoints()
            .filter(c -> !isAccent(c))
            .mapToObj(c -> PLAIN_LETTERS.getOrDefault(c, Character.toString(c)))
            .collect(Collectors.joining());
    return Normalizer.normalize(plain, Normalizer.Form.NFC);
  }

  private static boolean isAccent(int codePoint) {
    return codePoint == ARABIC_TATWEEL
        || (Character.getType(codePoint) == Character.NON_SPACING_MARK
            && ACCENTED.contains(UnicodeScript.of(codePoint))
            && !VOICED.contains(codePoint));
  }

  private static String shortened(String word) {
    int characters = word.codePointCount(0, word.length());
    return word.substring(0, word.offsetByCodePoints(0, Math.min(characters, MAX_WORD_CHARACTERS)));
  }
}
