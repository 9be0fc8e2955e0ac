package io.cpdevents.platform.web;

import io.cpdevents.platform.text.StoredForm;
import io.cpdevents.platform.text.TypedText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.web.bind.ServletRequestDataBinder;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.InitBinderDataBinderFactory;
import org.springframework.web.method.support.InvocableHandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.ServletRequestDataBinderFactory;

/** Has Spring call endpoints by an {@link EndpointCall}, with parameters in their exact form. */
final class EndpointCalls extends RequestMappingHandlerAdapter {

  @Override
  protected ServletInvocableHandlerMethod createInvocableHandlerMethod(HandlerMethod endpoint) {
    return new EndpointCall(endpoint);
  }

  @Override
  protected InitBinderDataBinderFactory createDataBinderFactory(
      List<InvocableHandlerMethod> binderMethods) {
    return new ServletRequestDataBinderFactory(binderMethods, getWebBindingInitializer()) {
      @Override
      protected ServletRequestDataBinder createBinderInstance(
          @Nullable Object target, String name, NativeWebRequest request) {
        return new ExactBinder(target, name);
      }
    };
  }

  /**
   * What a converter refuses, Spring hands to the property editors of Java beans, which read short
   * UUIDs, hexadecimal numbers and the names of constants. This one takes no for an answer. An
   * empty part of an address counts as left out, unless it is a text of no particular kind.
   */
  private static final class ExactBinder extends ServletRequestDataBinder {
    ExactBinder(@Nullable Object target, String name) {
      super(target, name);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T convertIfNecessary(
        @Nullable Object value, @Nullable Class<T> type, @Nullable MethodParameter parameter) {
      ConversionService conversions = getConversionService();
      if (value == null || parameter == null || conversions == null) {
        return super.convertIfNecessary(value, type, parameter);
      }
      if (type == String.class && value instanceof String text) {
        if (!TypedText.isStorable(text)) {
          throw new TypeMismatchException(value, type);
        }
        return (T) StoredForm.of(parameter::getParameterAnnotation).apply(text);
      }
      if (value.equals("")) {
        return null;
      }
      try {
        return (T)
            conversions.convert(
                value, TypeDescriptor.forObject(value), new TypeDescriptor(parameter));
      } catch (ConversionException refused) {
        throw new TypeMismatchException(value, type, refused);
      }
    }
  }
}
