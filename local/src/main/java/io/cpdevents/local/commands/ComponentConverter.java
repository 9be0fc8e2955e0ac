package io.cpdevents.local.commands;

import io.cpdevents.local.Component;
import io.cpdevents.local.LocalFailure;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a component. */
final class ComponentConverter implements ITypeConverter<Component> {

  @Override
  public Component convert(String text) {
    try {
      return Component.named(text);
    } catch (LocalFailure e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
