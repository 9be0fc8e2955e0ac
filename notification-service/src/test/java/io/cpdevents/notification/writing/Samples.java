package io.cpdevents.notification.writing;

import io.cpdevents.platform.money.Money;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Samples of any record: one that has everything, for each thing that may be missing (a nullable
 * component is null, a boolean is false, a list is empty) one that lacks just that, and for each
 * constant of an enumeration but the first one that has it. All ids are the same.
 */
final class Samples {

  private static final UUID ID = UUID.randomUUID();
  private static final int COUNT = 24;

  /** What a text field holds; those of a language or zone hold one. */
  private final String text;

  private final String language;

  /** Which of the things that may be other is other; counted down while a record is made. */
  private int untilOther;

  private Samples(String text, String language, int untilOther) {
    this.text = text;
    this.language = language;
    this.untilOther = untilOther;
  }

  static <T> List<T> of(Class<T> type, String text, String language) {
    List<T> samples = new ArrayList<>();
    samples.add(type.cast(new Samples(text, language, Integer.MAX_VALUE).sampleOf(type)));
    for (int missing = 0; ; missing++) {
      Samples one = new Samples(text, language, missing);
      T sample = type.cast(one.sampleOf(type));
      if (one.untilOther >= 0) {
        return samples;
      }
      samples.add(sample);
    }
  }

  private Object sampleOf(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    if (components == null) {
      throw new AssertionError("no sample of " + type + ": add it here");
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(Arrays.stream(components).map(this::value).toArray());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("no sample of " + type, e);
    }
  }

  private @Nullable Object value(RecordComponent component) {
    boolean missing = mayBeMissing(component) && untilOther-- == 0;
    return switch (component.getGenericType()) {
      case ParameterizedType list when component.getType() == List.class -> {
        Type element = list.getActualTypeArguments()[0];
        yield missing
            ? List.of()
            : List.of(value("", (Class<?>) element), value("", (Class<?>) element));
      }
      case Class<?> type when type == boolean.class -> !missing;
      case Class<?> type when type.isEnum() -> constant(type);
      case Class<?> type -> missing ? null : value(component.getName(), type);
      default -> throw new AssertionError("no sample of " + component + ": add it here");
    };
  }

  private Object constant(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    int other = untilOther;
    untilOther -= constants.length - 1;
    return other >= 0 && other < constants.length - 1 ? constants[other + 1] : constants[0];
  }

  private static boolean mayBeMissing(RecordComponent component) {
    AnnotatedElement type = component.getAnnotatedType();
    if (component.getName().equals("locale")) {
      // Without it a mail is in English, whatever language it is wanted in.
      return false;
    }
    return type.isAnnotationPresent(Nullable.class)
        || component.getType() == boolean.class
        || component.getType() == List.class;
  }

  private Object value(String name, Class<?> type) {
    if (type == String.class) {
      return switch (name) {
        case "locale" -> language;
        case "timeZone" -> "America/Toronto";
        default -> text;
      };
    }
    if (type == UUID.class) {
      return ID;
    }
    if (type == int.class || type == long.class) {
      return COUNT;
    }
    if (type == Integer.class) {
      return COUNT;
    }
    if (type == Long.class) {
      return (long) COUNT;
    }
    if (type == Instant.class) {
      return Instant.parse("2027-03-01T15:00:00Z");
    }
    if (type == ZoneId.class) {
      return ZoneId.of("America/Toronto");
    }
    if (type == Money.class) {
      return Money.of(12_550, "CAD");
    }
    if (type == URI.class) {
      return URI.create("https://cpd.example/?a=1&b=2");
    }
    return sampleOf(type);
  }
}
