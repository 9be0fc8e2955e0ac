package io.cpdevents.registration.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchWordsTest {

  @ParameterizedTest
  @CsvSource({
    "Wound care,'''wound'' & ''care'':*'",
    "'  ',",
    "🎓,'''🎓'':*'",
    "--,",
    "医療,'''医療'':*'",
    "医,'''医'':*'",
    "แพทย์,'''แพ'' & ''พท'' & ''ทย์'':*'",
    "'a''); DROP TABLE event; --','''a'' & ''drop'' & ''table'' & ''event'':*'",
    "l'hôpital,'''l'' & ''hopital'':*'",
    "one two three four five six seven eight nine,"
        + "'''one'' & ''two'' & ''three'' & ''four'' & ''five'' & ''six'' & ''seven'' & ''eight'':*'"
  })
  void nothing_but_words_gets_into_a_query(String typed, @Nullable String query) {
    assertThat(SearchWords.toQuery(typed)).isEqualTo(query);
  }

  @ParameterizedTest
  @CsvSource({
    "COVID-19,covid 19",
    "ACLS/BLS,acls bls",
    "node.js,node js",
    "Python 3.12,python 3 12",
    "Montréal MONTRE\u0301AL,montreal",
    "Ångström Straße Øresund Łódź,angstrom strasse oresund lodz",
    "İstanbul Iğdır,istanbul igdir",
    "ΟΔΟΣ οδός,οδοσ",
    "ﬁne ２０２６ Ⅻ,fine 2026 xii",
    "हिन्दी में चिकित्सा,हिन्दी में चिकित्सा",
    "مُحَمَّد محمد محـمد,محمد",
    "שָׁלוֹם שלום,שלום",
    "がん かん,がん が ん かん か",
    "救急医療2027,救急 急医 医療 救 急 医 療 2027",
    "ｾﾐﾅｰ,セミ ミナ ナー セ ミ ナ ー",
    "แพทย์,แพ พท ทย์ แ พ ท ย์",
    "Pfizer™ vaccine®,pfizer vaccine ®",
    "🎓 Graduation 🏥,🎓 graduation 🏥",
    "می\u200cروم co\u00adoperate,میروم cooperate",
  })
  void words_are_the_same_however_they_are_written(String text, String words) {
    assertThat(String.join(" ", SearchWords.of(text))).isEqualTo(words);
  }

  @Test
  void a_word_without_end_is_cut_alike_in_text_and_query() {
    String word = "\uFDFA".repeat(200);
    List<String> words = SearchWords.of(word);
    assertThat(words).allMatch(cut -> cut.codePointCount(0, cut.length()) <= 60);
    assertThat(SearchWords.of("x".repeat(200))).containsExactly("x".repeat(60));
    assertThat(SearchWords.toQuery("x".repeat(200))).isEqualTo("'" + "x".repeat(60) + "':*");
  }
}
