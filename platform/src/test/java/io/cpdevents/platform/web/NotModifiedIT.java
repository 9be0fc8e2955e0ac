package io.cpdevents.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.testservice.TestService;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest(classes = TestService.class)
class NotModifiedIT {

  private static final String PATH = "/api/v1/editions/" + Ids.next();

  @Autowired ApiClient api;

  @Autowired TestService.Things things;

  @Test
  void who_has_it_already_is_told_so_until_anything_in_it_changes() {
    ApiClient reader = api.as(TestTokens.bearer(Ids.next()));
    String tag = reader.get(PATH).expect(200).header("ETag");

    for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
      Answer answer = reader.with("If-None-Match", known).get(PATH).expect(304);
      assertThat(answer.header("ETag")).isEqualTo(tag);
      assertThat(answer.plain()).isEmpty();
      reader.with("If-None-Match", known).send(HttpMethod.HEAD, PATH, null).expect(304);
    }
    reader.with("If-None-Match", "\"1\"").get(PATH).expect(200);
    things.copiesLeft.incrementAndGet();
    assertThat(reader.with("If-None-Match", tag).get(PATH).expect(200).header("ETag"))
        .isNotEqualTo(tag);
  }

  @Test
  void the_openapi_document_says_so() {
    JsonNode read = api.get("/v3/api-docs").body().at("/paths/~1api~1v1~1editions~1{id}/get");
    assertThat(read.path("parameters").toString()).contains("If-None-Match");
    assertThat(read.at("/responses/304").toString()).contains("ETag").doesNotContain("content");
  }
}
