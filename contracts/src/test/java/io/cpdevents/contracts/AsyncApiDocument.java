package io.cpdevents.contracts;

import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * The AsyncAPI 3.0 document of the whole system, made from the topic table, the records and the
 * listeners that the services' sources declare.
 */
final class AsyncApiDocument {

  private static final String AUDIT_SUFFIX = ".audit-entries.v1";
  private static final String GATEWAY = "gateway";
  private static final Pattern LISTENED = Pattern.compile("@KafkaListener\\([^)]*\\)");
  private static final Pattern ANYTHING = Pattern.compile(".+", Pattern.DOTALL);
  private static final Pattern TOPIC_NAME =
      Pattern.compile("\\bTopic\\s*\\.\\s*(?:Names\\s*\\.\\s*)?([A-Z]+_[A-Z_]+)");
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER, YAMLWriteFeature.SPLIT_LINES)
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES, YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  private AsyncApiDocument() {}

  static Path file() {
    return CommittedFiles.module().resolve("asyncapi.yaml");
  }

  /** The document as it is committed. */
  static String text() {
    return "# Made from the records, the topic table and the services' listeners; a test holds it"
        + " equal.\n"
        + YAML.writeValueAsString(document());
  }

  private static Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("asyncapi", "3.0.0");
    document.put(
        "info",
        ordered(
            "title", "CPD Events",
            "version", "1.0.0",
            "description",
                "What the services tell each other over Kafka. Events are facts and only grow:"
                    + " optional fields may be added, anything else is a new type. Records are"
                    + " CloudEvents in binary mode; consumers read committed and drop repeats by"
                    + " ce_id."));
    document.put("defaultContentType", "application/json");
    document.put("channels", channels());
    document.put("operations", operations());
    document.put("components", ordered("messages", messages(), "schemas", headerSchemas()));
    return document;
  }

  private static Map<String, Object> channels() {
    Map<String, Object> channels = new LinkedHashMap<>();
    for (Topic topic : Topic.values()) {
      Map<String, Object> messages = new LinkedHashMap<>();
      for (Class<? extends Event> type : typesOn(topic)) {
        String name = EventType.nameOf(type);
        messages.put(name, ref("#/components/messages/" + name));
      }
      Map<String, Object> channel = ordered("address", topic.topicName());
      if (topic.isCompacted()) {
        channel.put(
            "description",
            "Compacted: the latest record of a key is the whole truth; a record without a value"
                + " (tombstone) erases it.");
      }
      channel.put("messages", messages);
      channel.put(
          "bindings",
          ordered(
              "kafka",
              ordered(
                  "topic",
                  topic.topicName(),
                  "partitions",
                  Topic.PARTITIONS,
                  "topicConfiguration",
                  configuration(topic),
                  "bindingVersion",
                  "0.5.0")));
      channels.put(topic.topicName(), channel);
    }
    return channels;
  }

  private static Map<String, Object> configuration(Topic topic) {
    Map<String, Object> configuration = new TreeMap<>();
    topic
        .configuration()
        .forEach((name, value) ->
            configuration.put(
                name,
                name.equals("cleanup.policy") ? List.of(value) : (Object) Long.valueOf(value)));
    return configuration;
  }

  private static Map<String, Object> operations() {
    Map<String, Object> operations = new LinkedHashMap<>();
    for (Topic topic : Topic.values()) {
      String owner = topic.topicName().substring(0, topic.topicName().indexOf('.')) + "-service";
      operations.put(owner + ".sends." + topic.topicName(), operation("send", owner, topic));
    }
    listeners()
        .forEach((service, topics) ->
            topics.forEach(topic ->
                operations.put(
                    service + ".receives." + topic.topicName(),
                    operation("receive", service, topic))));
    return operations;
  }

  private static Map<String, Object> operation(String action, String service, Topic topic) {
    Map<String, Object> operation =
        ordered(
            "action", action,
            "channel", ref("#/channels/" + topic.topicName()),
            "tags", List.of(ordered("name", service)));
    // Every instance of the gateway hears everything: its groups have no fixed name.
    if (action.equals("receive") && !service.equals(GATEWAY)) {
      operation.put(
          "bindings",
          ordered(
              "kafka",
              ordered(
                  "groupId",
                  ordered("type", "string", "enum", List.of(service)),
                  "bindingVersion",
                  "0.5.0")));
    }
    return operation;
  }

  private static Map<String, Object> messages() {
    Map<String, Object> messages = new LinkedHashMap<>();
    for (Class<? extends Event> type : Examples.types()) {
      String name = EventType.nameOf(type);
      Event example = Examples.of(type);
      messages.put(
          name,
          ordered(
              "name", name,
              "title", type.getSimpleName(),
              "contentType", "application/json",
              "headers",
                  ordered(
                      "allOf",
                      List.of(
                          ref("#/components/schemas/cloudEventHeaders"),
                          ordered(
                              "type",
                              "object",
                              "properties",
                              ordered("ce_type", ordered("const", name))))),
              "payload", ref("./src/main/resources/schemas/" + name + ".json"),
              "bindings",
                  ordered(
                      "kafka",
                      ordered(
                          "key",
                          ordered("type", "string", "description", keyFieldOf(example)),
                          "bindingVersion",
                          "0.5.0"))));
    }
    return messages;
  }

  /** Which field of the event is its key. */
  private static String keyFieldOf(Event event) {
    JsonNode json = ContractsJson.mapper().valueToTree(event);
    return json.properties().stream()
        .filter(field -> field.getValue().asString("").equals(event.key()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new AssertionError("the key of " + event + " is none of its fields"));
  }

  private static Map<String, Object> headerSchemas() {
    return ordered(
        "cloudEventHeaders",
        ordered(
            "type", "object",
            "required", List.of("ce_id", "ce_source", "ce_time", "ce_subject", "ce_specversion"),
            "properties",
                ordered(
                    "ce_id", described("Identifies the event: a repeat has the same one.", "uuid"),
                    "ce_type", described("Which schema the value has; a tombstone has none.", null),
                    "ce_source", described("/ and the name of the service that tells it.", null),
                    "ce_time", described("When it was told, business time.", "date-time"),
                    "ce_subject", described("The record's key.", null),
                    "ce_specversion", ordered("const", "1.0"),
                    "traceparent",
                        described("W3C trace context of the request that caused it.", null))));
  }

  private static Map<String, Object> described(String description, @Nullable String format) {
    Map<String, Object> schema = ordered("type", "string", "description", description);
    if (format != null) {
      schema.put("format", format);
    }
    return schema;
  }

  private static List<Class<? extends Event>> typesOn(Topic topic) {
    if (topic.topicName().endsWith(AUDIT_SUFFIX)) {
      return List.of(AuditEntryRecorded.class);
    }
    List<Class<? extends Event>> types = new ArrayList<>();
    for (Class<? extends Event> type : Examples.types()) {
      if (Examples.of(type).topic() == topic) {
        types.add(type);
      }
    }
    return types;
  }

  /** Who listens to what, as all modules' sources say. */
  static Map<String, Set<Topic>> listeners() {
    Map<String, Set<Topic>> listeners = new TreeMap<>();
    for (String module : CommittedFiles.namesIn(CommittedFiles.project())) {
      if (module.endsWith("-service") || module.equals(GATEWAY)) {
        Set<Topic> topics = new TreeSet<>();
        for (String source : CommittedFiles.mainSources(module)) {
          topics.addAll(listenedIn(source, module.equals(GATEWAY)));
        }
        if (!topics.isEmpty()) {
          listeners.put(module, topics);
        }
      }
    }
    return listeners;
  }

  /**
   * The topics that a source listens to.
   *
   * @param anywhere it owns no topic: whichever it names, it reads
   */
  private static Set<Topic> listenedIn(String source, boolean anywhere) {
    Set<Topic> topics = new TreeSet<>();
    Matcher listener = (anywhere ? ANYTHING : LISTENED).matcher(source);
    while (listener.find()) {
      Matcher name = TOPIC_NAME.matcher(listener.group());
      while (name.find()) {
        topics.add(Topic.valueOf(Objects.requireNonNull(name.group(1))));
      }
    }
    return topics;
  }

  private static Map<String, Object> ref(String target) {
    return ordered("$ref", target);
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();

    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
