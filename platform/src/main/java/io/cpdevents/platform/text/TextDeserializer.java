package io.cpdevents.platform.text;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Reads text that can be stored, in the form in which it is stored where its field says what it is:
 * {@link OneLine}, {@link Prose}, {@link EmailAddress} or {@link ReturnAddress}. So everything
 * behind it judges, compares and stores the same text.
 */
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
    if (field.getAnnotation(EmailAddress.class) != null) {
      return new TextDeserializer(TextDeserializer::address);
    }
    Prose prose = field.getAnnotation(Prose.class);
    if (prose != null && prose.keepsEmpty()) {
      return new TextDeserializer(text -> Objects.requireNonNullElse(TypedText.tidied(text), ""));
    }
    if (prose != null
        || field.getAnnotation(OneLine.class) != null
        || field.getAnnotation(ReturnAddress.class) != null) {
      return new TextDeserializer(TypedText::tidied);
    }
    return this;
  }

  /** What is no address is kept for the answer that refuses it. */
  private static @Nullable String address(String text) {
    Optional<String> form = EmailAddresses.normalForm(text);
    return form.isPresent() ? form.get() : TypedText.tidied(text);
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
