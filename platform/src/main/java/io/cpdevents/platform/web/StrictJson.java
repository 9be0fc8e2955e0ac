package io.cpdevents.platform.web;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.text.TextDeserializer;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.deser.jdk.NumberDeserializers;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * How the API reads and writes JSON: nothing unknown, nothing twice, nothing coerced, nothing
 * endless.
 */
final class StrictJson {

  private static final int MAX_NESTING = 32;
  private static final int MAX_NUMBER_CHARACTERS = 40;
  private static final int MAX_STRING_CHARACTERS = 200_000;
  private static final int MAX_NAME_CHARACTERS = 200;

  private StrictJson() {}

  static JsonFactory factory() {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
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
        .addModule(
            new SimpleModule("read-as-stored")
                .addDeserializer(String.class, new TextDeserializer())
                .addDeserializer(
                    Instant.class,
                    new IsoText<>(
                        Instant.class, text -> Instant.parse(text).truncatedTo(ChronoUnit.MILLIS)))
                .addDeserializer(LocalDate.class, new IsoText<>(LocalDate.class, LocalDate::parse))
                .addDeserializer(BigDecimal.class, new ShortestDecimal()))
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS);
  }

  /** A decimal without zeros at its end, which would count as digits: 1.500 is 1.5. */
  private static final class ShortestDecimal extends NumberDeserializers.BigDecimalDeserializer {
    @Override
    public @Nullable BigDecimal deserialize(JsonParser json, DeserializationContext context) {
      BigDecimal number = super.deserialize(json, context);
      return number == null ? null : number.stripTrailingZeros();
    }
  }

  /**
   * A date or time in its ISO-8601 text, and in nothing else: a number tells nobody its unit. A
   * time is read as it will be stored, in milliseconds, so that what is judged later is what is
   * kept.
   */
  private static final class IsoText<T> extends StdScalarDeserializer<T> {
    private final Function<String, T> parser;

    IsoText(Class<T> type, Function<String, T> parser) {
      super(type);
      this.parser = parser;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T deserialize(JsonParser json, DeserializationContext context) {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        return (T) context.handleUnexpectedToken(context.constructType(handledType()), json);
      }
      try {
        return parser.apply(json.getString());
      } catch (DateTimeException malformed) {
        return (T) context.handleWeirdStringValue(handledType(), "", "is not ISO 8601");
      }
    }
  }
}
