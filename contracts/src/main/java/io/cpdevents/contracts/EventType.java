package io.cpdevents.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The names of event types on the wire (CloudEvents {@code ce_type}): {@code
 * <service>.<Record>.v1}, for example {@code billing.PaymentCaptured.v1}.
 */
public final class EventType {

  private static final String VERSION = "v1";

  private EventType() {}

  /** The wire name of an event record. */
  public static String nameOf(Class<? extends Event> type) {
    String packageName = type.getPackageName();
    String service = packageName.substring(packageName.lastIndexOf('.') + 1);
    return service + "." + type.getSimpleName() + "." + VERSION;
  }

  /** The record types of a family by wire name. */
  public static <E extends Event> Map<String, Class<? extends E>> of(Class<E> family) {
    return recordsOf(family).stream()
        .collect(Collectors.toUnmodifiableMap(EventType::nameOf, Function.identity()));
  }

  private static <E extends Event> List<Class<? extends E>> recordsOf(Class<E> family) {
    List<Class<? extends E>> records = new ArrayList<>();
    if (family.isRecord()) {
      records.add(family);
      return records;
    }
    if (!family.isSealed()) {
      throw new IllegalArgumentException(family + " is neither a record nor a sealed family");
    }
    for (Class<?> permitted : family.getPermittedSubclasses()) {
      // A family may have families inside, such as the refunds of a payment.
      records.addAll(recordsOf(permitted.asSubclass(family)));
    }
    return records;
  }
}
