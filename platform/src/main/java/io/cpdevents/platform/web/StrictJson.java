package io.cpdevents.platform.web;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.text.TextDeserializer;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
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
        // JSON is UTF-8 (RFC 8259, 8.1).
        .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
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
                .addDeserializer(Instant.class, new OfText<>(Instant.class, ExactText::instant))
                .addDeserializer(LocalDate.class, new OfText<>(LocalDate.class, ExactText::date))
                .addDeserializer(UUID.class, new OfText<>(UUID.class, ExactText::uuid))
                .addDeserializer(Currency.class, new OfText<>(Currency.class, ExactText::currency))
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

  /** A value in its {@link ExactText}, and in nothing else. */
  private static final class OfText<T> extends StdScalarDeserializer<T> {
    private final Function<String, T> parser;

    OfText(Class<T> type, Function<String, T> parser) {
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
      } catch (DateTimeException | IllegalArgumentException malformed) {
        return (T) context.handleWeirdStringValue(handledType(), "", "is of another form");
      }
    }
  }
}
