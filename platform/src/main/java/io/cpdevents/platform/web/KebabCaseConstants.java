package io.cpdevents.platform.web;

import io.cpdevents.contracts.ContractsJson;
import java.util.Arrays;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/**
 * Reads the constants of an enumeration in a query as the API writes them: {@code made-at-stripe}.
 */
@SuppressWarnings("rawtypes")
final class KebabCaseConstants implements ConverterFactory<String, Enum> {

  @Override
  public <E extends Enum> Converter<String, E> getConverter(Class<E> type) {
    return text ->
        Arrays.stream(type.getEnumConstants())
            .filter(constant -> ContractsJson.kebabCase(constant).equals(text))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no such constant"));
  }
}
