package io.cpdevents.contracts;

import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes a JSON Schema (2020-12) from an event record, and checks JSON against one. */
final class EventSchemas {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
  private static final ObjectWriter PRETTY =
      JSON.writer()
          .with(
              new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER));
  private static final SchemaGenerator GENERATOR = generator();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private EventSchemas() {}

  /** Where the schema of this type is committed. */
  static Path file(Class<? extends Event> type) {
    return folder().resolve(EventType.nameOf(type) + ".json");
  }

  /** Where the schemas are committed: on the class path of everybody who uses contracts. */
  static Path folder() {
    return CommittedFiles.module().resolve("src/main/resources/schemas");
  }

  /** Where every version of this type's schema is kept. */
  static Path historyFolder(Class<? extends Event> type) {
    return CommittedFiles.module()
        .resolve("src/test/resources/schema-history")
        .resolve(EventType.nameOf(type));
  }

  /** The schema of an event type, as it is committed. */
  static ObjectNode of(Class<? extends Event> type) {
    ObjectNode schema = generate(type);
    ObjectNode titled = JSON.createObjectNode();
    titled.set("$schema", schema.get("$schema"));
    titled.put("title", EventType.nameOf(type));
    titled.setAll(schema);
    return titled;
  }

  /** The schema of any record. */
  static ObjectNode generate(Class<?> type) {
    return GENERATOR.generateSchema(type);
  }

  static String pretty(JsonNode node) {
    return PRETTY.writeValueAsString(node) + "\n";
  }

  static JsonNode read(String json) {
    return JSON.readTree(json);
  }

  /** What the schema has against this JSON; empty when nothing. */
  static List<String> complaints(JsonNode schema, JsonNode json) {
    return REGISTRY.getSchema(schema).validate(json).stream().map(Error::toString).toList();
  }

  private static SchemaGenerator generator() {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(JSON, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(
                Option.DEFINITIONS_FOR_ALL_OBJECTS,
                Option.EXTRA_OPEN_API_FORMAT_VALUES,
                Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                Option.NONPUBLIC_NONSTATIC_FIELDS_WITHOUT_GETTERS);
    config
        .forFields()
        .withNullableCheck(EventSchemas::isNullable)
        .withRequiredCheck(field -> !isNullable(field));
    config
        .forTypesInGeneral()
        .withPropertySorter((_, _) -> 0)
        .withCustomDefinitionProvider((type, context) ->
            type.getErasedType().isEnum()
                ? new CustomDefinition(enumSchema(type.getErasedType()), true)
                : null);
    return new SchemaGenerator(config.build());
  }

  private static boolean isNullable(FieldScope field) {
    return field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static ObjectNode enumSchema(Class<?> type) {
    ObjectNode schema = JSON.createObjectNode();
    schema.put("type", "string");
    ArrayNode values = schema.putArray("enum");
    for (Object constant : type.getEnumConstants()) {
      values.add(ContractsJson.kebabCase((Enum<?>) constant));
    }
    return schema;
  }
}
