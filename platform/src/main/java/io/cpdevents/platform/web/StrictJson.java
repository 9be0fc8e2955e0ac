package io.cpdevents.platform.web;

import io.cpdevents.contracts.ContractsJson;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** How the API reads and writes JSON: nothing unknown, nothing coerced, nothing endless. */
final class StrictJson {

  private static final int MAX_NESTING = 32;
  private static final int MAX_NUMBER_CHARACTERS = 40;
  private static final int MAX_STRING_CHARACTERS = 200_000;
  private static final int MAX_NAME_CHARACTERS = 200;

  private StrictJson() {}

  static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_NESTING)
                .maxNumberLength(MAX_NUMBER_CHARACTERS)
                .maxStringLength(MAX_STRING_CHARACTERS)
                .maxNameLength(MAX_NAME_CHARACTERS)
                .build())
        .build();
  }

  static void configure(JsonMapper.Builder builder) {
    builder
        .addModule(ContractsJson.kebabCaseEnums())
        .addModule(new SimpleModule("storable-text").addDeserializer(String.class, new Text()))
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS);
  }

  /** Text that PostgreSQL can store: no NUL and no half of a surrogate pair. */
  private static final class Text extends StdScalarDeserializer<String> {
    Text() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        return (String) context.handleUnexpectedToken(context.constructType(String.class), parser);
      }
      String text = parser.getString();
      if (!isStorable(text)) {
        return (String)
            context.handleWeirdStringValue(
                String.class, "", "has a character that cannot be stored");
      }
      return text;
    }

    private static boolean isStorable(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == 0) {
          return false;
        }
        if (Character.isSurrogate(c)) {
          boolean isPair =
              Character.isHighSurrogate(c)
                  && i + 1 < text.length()
                  && Character.isLowSurrogate(text.charAt(i + 1));
          if (!isPair) {
            return false;
          }
          i++;
        }
      }
      return true;
    }
  }
}
