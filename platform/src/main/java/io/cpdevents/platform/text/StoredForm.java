package io.cpdevents.platform.text;

import java.lang.annotation.Annotation;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The form in which a text is stored, by the annotation that says what it is: {@link OneLine},
 * {@link Prose}, {@link EmailAddress} or {@link ReturnAddress}. Bodies and queries are read in it,
 * so that everything behind them judges, compares and stores the same text.
 */
public final class StoredForm {

  /** How the annotations of a field or parameter are asked for. */
  @FunctionalInterface
  public interface Annotations {
    /** The annotation of this type; null when there is none. */
    @Nullable Annotation get(Class<? extends Annotation> type);
  }

  private StoredForm() {}

  /**
   * Brings a text into its form; what has none of the annotations stays as it is. It answers null
   * when nothing of the text would be visible.
   */
  public static Function<String, @Nullable String> of(Annotations of) {
    if (of.get(EmailAddress.class) instanceof EmailAddress address) {
      return address.keepsEmpty() ? keepingEmpty(StoredForm::address) : StoredForm::address;
    }
    if (of.get(Prose.class) instanceof Prose prose && prose.keepsEmpty()) {
      return keepingEmpty(TypedText::tidied);
    }
    boolean isTyped =
        of.get(Prose.class) != null
            || of.get(OneLine.class) != null
            || of.get(ReturnAddress.class) != null;
    return isTyped ? TypedText::tidied : text -> text;
  }

  private static Function<String, @Nullable String> keepingEmpty(
      Function<String, @Nullable String> form) {
    return text -> Objects.requireNonNullElse(form.apply(text), "");
  }

  /** What is no address is kept for the answer that refuses it. */
  private static @Nullable String address(String text) {
    Optional<String> form = EmailAddresses.normalForm(text);
    return form.isPresent() ? form.get() : TypedText.tidied(text);
  }
}
