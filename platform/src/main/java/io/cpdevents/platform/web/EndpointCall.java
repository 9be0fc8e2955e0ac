package io.cpdevents.platform.web;

import io.cpdevents.platform.error.FieldFaults;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.validation.method.MethodValidator;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolverComposite;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod;

/**
 * A call of an endpoint that reads all of its parameters before it refuses any, so that one answer
 * names every fault in path, query, headers, form and body. Spring's own stops at the first.
 */
final class EndpointCall extends ServletInvocableHandlerMethod {

  private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

  private HandlerMethodArgumentResolverComposite resolvers =
      new HandlerMethodArgumentResolverComposite();
  private @Nullable WebDataBinderFactory binders;
  private @Nullable MethodValidator validator;

  EndpointCall(HandlerMethod endpoint) {
    super(endpoint);
  }

  @Override
  public void setHandlerMethodArgumentResolvers(HandlerMethodArgumentResolverComposite known) {
    super.setHandlerMethodArgumentResolvers(known);
    this.resolvers = known;
  }

  @Override
  public void setDataBinderFactory(WebDataBinderFactory factory) {
    super.setDataBinderFactory(factory);
    this.binders = factory;
  }

  @Override
  public void setMethodValidator(@Nullable MethodValidator methodValidator) {
    super.setMethodValidator(methodValidator);
    this.validator = methodValidator;
  }

  /**
   * The arguments.
   *
   * @throws RuleViolation 400 {@code unknown-field} or {@code invalid-request} with every fault
   */
  @Override
  protected @Nullable Object[] getMethodArgumentValues(
      NativeWebRequest request,
      @Nullable ModelAndViewContainer container,
      @Nullable Object... provided)
      throws Exception {
    MethodParameter[] parameters = getMethodParameters();
    @Nullable Object[] arguments = new Object[parameters.length];
    BitSet unread = new BitSet();
    for (MethodParameter parameter : parameters) {
      parameter.initParameterNameDiscovery(NAMES);
    }
    List<FieldError> misnamed = GivenNames.faults(parameters, httpRequest(request));
    List<FieldError> faults = new ArrayList<>();
    for (int i = 0; i < parameters.length; i++) {
      try {
        arguments[i] = argument(parameters[i], request, container, provided);
      } catch (Exception failure) {
        List<FieldError> told = FieldFaults.ofParameter(failure);
        if (told.isEmpty()) {
          throw failure;
        }
        faults.addAll(told);
        unread.set(i);
      }
    }
    if (!faults.isEmpty() || !misnamed.isEmpty()) {
      invalid(arguments, unread).forEach(faults::add);
      faults.removeIf(fault -> isAt(fault.field(), misnamed));
      faults.addAll(misnamed);
      throw FieldFaults.refusal(faults);
    }
    return arguments;
  }

  private static HttpServletRequest httpRequest(NativeWebRequest request) {
    return Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
  }

  /** Which of two values is meant is not known, so neither is judged. */
  private static boolean isAt(String field, List<FieldError> misnamed) {
    return misnamed.stream().anyMatch(each -> each.field().equals(field));
  }

  private @Nullable Object argument(
      MethodParameter parameter,
      NativeWebRequest request,
      @Nullable ModelAndViewContainer container,
      @Nullable Object... provided)
      throws Exception {
    Object given = findProvidedArgument(parameter, provided);
    return given == null
        ? resolvers.resolveArgument(parameter, container, request, binders)
        : given;
  }

  /** The faults of those that could be read; when all could, Spring asks for them later. */
  private Stream<FieldError> invalid(@Nullable Object[] arguments, BitSet unread) {
    if (validator == null || !shouldValidateArguments()) {
      return Stream.empty();
    }
    return validator
        .validateArguments(
            getBean(), getMethod(), getMethodParameters(), arguments, new Class<?>[0])
        .getParameterValidationResults()
        .stream()
        .filter(result -> !unread.get(result.getMethodParameter().getParameterIndex()))
        .flatMap(FieldFaults::of);
  }
}
