package io.cpdevents.registration.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.registration.Organizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
class SearchEventsIT {

  private final ApiClient api;
  private final Organizer organizer;

  @Autowired
  SearchEventsIT(ApiClient api) {
    this.api = api;
    this.organizer = new Organizer(api);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COVID-19 update",
        "ACLS/BLS recertification",
        "Building APIs with node.js",
        "Python 3.12 for clinicians",
        "C++ for lab technicians",
        "Soins palliatifs à Montréal",
        "L'hôpital d'aujourd'hui",
        "Wound care: the basics (part 1)",
        "e-Health and m-Health",
        "R2D2 robots 50% off",
        "Pediatrics—advanced",
        "Über Ärzte und Straßen",
        "Dvořák, Łódź and Øresund",
        "Ethics @ work",
        "हिन्दी में चिकित्सा",
        "طِبُّ الأَطْفَالِ",
        "שיעור בעברית",
        "日本語の研修",
        "한국어 교육",
        "การแพทย์ไทย",
        "Обучение врачей",
        "Ιατρική εκπαίδευση",
        "İstanbul kongresi",
        "ﬁrst ａｉｄ",
        "H₂O and CO₂",
        "🎓 Graduation",
        "🎓",
        "Flovent™ update",
        "one two three four five six seven eight nine ten eleven"
      })
  void an_event_is_found_by_its_own_title_and_by_any_word_of_it(String title) {
    UUID id = published(title);
    assertThat(found(title)).as("its title").contains(id);
    for (String word : title.split("[\\s/:()@]+")) {
      assertThat(found(word)).as(word).contains(id);
    }
    assertThat(found("zzznotinit " + title)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Soins à Montréal 2,montreal",
    "救急医療セミナー 11,医療",
    "救急医療セミナー 12,セミナー",
    "救急医療セミナー 13,医 13",
    "การแพทย์ฉุกเฉินสำหรับแพทย์ 14,ฉุกเฉิน",
    "Flovent™ for asthma 15,flovent for",
    "Soins a Montreal 3,MONTRÉAL",
    "Straßenverkehr 4,strassenverk",
    "Łódź 5,lodz",
    "İstanbul 6,istanbul",
    "طِبُّ الأَطْفَالِ 7,طب الاطفال",
    "טיפול בְּיְלָדִים 8,בילדים",
    "Cardiology 9,cardiol",
    "Wound care basics 10,care wound",
    "ＦＵＬＬ width 11,full wid",
  })
  void accents_case_and_order_do_not_count_and_the_last_word_may_be_begun(
      String title, String typed) {
    UUID id = published(title);
    assertThat(found(typed)).contains(id);
  }

  @Test
  void what_has_no_word_finds_nothing_and_what_shows_nothing_is_no_search() {
    UUID id = published("Wound care for €50");
    for (String symbols : List.of("€", "***", "!?", "'", "@")) {
      assertThat(found(symbols)).isEmpty();
    }
    for (String nothing : List.of("", " ", "\u200b", "\u00a0")) {
      assertThat(found(nothing)).contains(id);
    }
  }

  @Test
  void words_before_the_last_are_whole_words() {
    UUID id = published("Anaesthesia conference Kingston");
    assertThat(found("anaes kingston")).doesNotContain(id);
    assertThat(found("anaesthesia king")).contains(id);
  }

  @Test
  void a_renamed_or_moved_event_is_found_by_what_it_shows_now() {
    UUID id = published("Sutureworkshop");
    organizer.change(id, Map.of("title", "Knotworkshop", "venue", "Tämmerhall"));
    assertThat(found("sutureworkshop")).doesNotContain(id);
    assertThat(found("knotworkshop")).contains(id);
    assertThat(found("tammerhall")).contains(id);
    Map<String, Object> nowhere = new HashMap<>();
    nowhere.put("venue", null);
    organizer.change(id, nowhere);
    assertThat(found("tammerhall")).doesNotContain(id);
  }

  private UUID published(String title) {
    UUID id = organizer.create(organizer.eventRequest(title, 10));
    organizer.ticketType(id, 0, null);
    organizer.publish(id);
    return id;
  }

  private List<UUID> found(String search) {
    List<UUID> ids = new ArrayList<>();
    String next = "";
    do {
      String after = next.isEmpty() ? "" : "&after=" + next;
      JsonNode page =
          api.get("/api/v1/events?limit=100&search=" + search + after).expect(200).body();
      page.path("data").forEach(item -> ids.add(UUID.fromString(item.path("id").asString())));
      next = page.path("next").asString("");
    } while (!next.isEmpty());
    return ids;
  }
}
