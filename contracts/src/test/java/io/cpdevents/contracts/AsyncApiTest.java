package io.cpdevents.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class AsyncApiTest {

  private static final JsonNode DOCUMENT = new YAMLMapper().readTree(AsyncApiDocument.text());

  @Test
  void the_committed_document_is_what_the_records_topics_and_listeners_say() {
    CommittedFiles.holdEqual(AsyncApiDocument.file(), AsyncApiDocument.text());
  }

  @Test
  void every_topic_is_a_channel_and_every_event_a_message() {
    assertThat(DOCUMENT.path("channels").propertyNames()).hasSameSizeAs(Topic.values());
    assertThat(DOCUMENT.path("components").path("messages").propertyNames())
        .containsExactlyElementsOf(Examples.types().stream().map(EventType::nameOf).toList());
  }

  @Test
  void every_reference_leads_somewhere() {
    List<String> references =
        DOCUMENT.findValues("$ref").stream().map(JsonNode::asString).distinct().toList();

    assertThat(references).isNotEmpty();
    for (String reference : references) {
      boolean found =
          reference.startsWith("#")
              ? !DOCUMENT.at(reference.substring(1)).isMissingNode()
              : Files.exists(CommittedFiles.module().resolve(reference));
      assertThat(found).as(reference).isTrue();
    }
  }

  @Test
  void a_topic_that_carries_events_has_somebody_who_writes_it() {
    for (Map.Entry<String, JsonNode> channel : DOCUMENT.path("channels").properties()) {
      String owner = channel.getKey().substring(0, channel.getKey().indexOf('.')) + "-service";
      assertThat(
              DOCUMENT
                  .path("operations")
                  .path(owner + ".sends." + channel.getKey())
                  .path("action")
                  .asString())
          .isEqualTo("send");
    }
  }
}
