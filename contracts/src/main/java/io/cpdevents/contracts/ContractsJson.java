package io.cpdevents.contracts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleDeserializers;
import tools.jackson.databind.module.SimpleModule;

/**
 * How our JSON looks, on topics and in the API: camelCase, kebab-case enumerations, ISO-8601 UTC.
 */
public final class ContractsJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(kebabCaseEnums())
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private ContractsJson() {}

  /** Reads and writes events. Unknown fields are skipped: events grow. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** The event as it stands on its topic. */
  public static byte[] write(Event event) {
    return MAPPER.writeValueAsBytes(event);
  }

  /** The event of this type from a record's value. */
  public static <E extends Event> E read(byte[] value, Class<E> type) {
    return MAPPER.readValue(value, type);
  }

  /** Writes {@code ON_HOLD} as {@code "on-hold"} and reads only that form. */
  public static JacksonModule kebabCaseEnums() {
    SimpleModule module = new SimpleModule("kebab-case-enums");
    module.addSerializer(new KebabCaseSerializer());
    module.setDeserializers(new KebabCaseDeserializers());
    return module;
  }

  /** The constant's name as the API says it. */
  public static String kebabCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static final class KebabCaseSerializer extends ValueSerializer<Enum<?>> {
    @Override
    @SuppressWarnings("unchecked")
    public Class<Enum<?>> handledType() {
      return (Class<Enum<?>>) (Class<?>) Enum.class;
    }

    @Override
    public void serialize(Enum<?> value, JsonGenerator generator, SerializationContext context) {
      generator.writeString(kebabCase(value));
    }
  }

  private static final class KebabCaseDeserializers extends SimpleDeserializers {
    @Override
    public ValueDeserializer<?> findEnumDeserializer(
        JavaType type, DeserializationConfig config, BeanDescription.Supplier beanDescription) {
      return new KebabCaseDeserializer(type.getRawClass());
    }

    @Override
    public boolean hasDeserializerFor(DeserializationConfig config, Class<?> valueType) {
      return valueType.isEnum() || super.hasDeserializerFor(config, valueType);
    }
  }

  private static final class KebabCaseDeserializer extends ValueDeserializer<Enum<?>> {
    private final Class<?> type;
    private final Map<String, Enum<?>> byName;

    KebabCaseDeserializer(Class<?> type) {
      this.type = type;
      this.byName =
          Arrays.stream(type.getEnumConstants())
              .map(constant -> (Enum<?>) constant)
              .collect(Collectors.toUnmodifiableMap(ContractsJson::kebabCase, Function.identity()));
    }

    @Override
    public Enum<?> deserialize(JsonParser parser, DeserializationContext context) {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        return (Enum<?>) context.handleUnexpectedToken(context.constructType(type), parser);
      }
      String text = parser.getString();
      Enum<?> constant = byName.get(text);
      if (constant == null) {
        return (Enum<?>)
            context.handleWeirdStringValue(type, text, "not one of %s", byName.keySet());
      }
      return constant;
    }
  }
}
