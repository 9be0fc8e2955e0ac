package io.cpdevents.platform.text;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads text that can be stored, in its {@link StoredForm}. */
public final class TextDeserializer extends StdScalarDeserializer<String> {

  private final Function<String, @Nullable String> form;

  /** Reads text as it is. */
  public TextDeserializer() {
    this(text -> text);
  }

  private TextDeserializer(Function<String, @Nullable String> form) {
    super(String.class);
    this.form = form;
  }

  @Override
  public ValueDeserializer<?> createContextual(
      DeserializationContext context, @Nullable BeanProperty field) {
    if (field == null) {
      return this;
    }
    return new TextDeserializer(StoredForm.of(field::getAnnotation));
  }

  @Override
  public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      return (String) context.handleUnexpectedToken(context.constructType(String.class), parser);
    }
    String text = parser.getString();
    if (!TypedText.isStorable(text)) {
      return (String)
          context.handleWeirdStringValue(String.class, "", "has a character that cannot be stored");
    }
    return form.apply(text);
  }
}
