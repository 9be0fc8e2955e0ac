package io.cpdevents.platform.web;

import io.cpdevents.platform.sql.Columns;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/**
 * Reads the constants of an enumeration in a query as the API writes them: {@code made-at-stripe}.
 */
@SuppressWarnings("rawtypes")
final class KebabCaseConstants implements ConverterFactory<String, Enum> {

  @Override
  public <E extends Enum> Converter<String, E> getConverter(Class<E> type) {
    return text -> constant(type, text);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Enum> E constant(Class<E> type, String text) {
    return (E) Columns.constant(type, text);
  }
}
