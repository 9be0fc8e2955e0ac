package io.cpdevents.platform.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.sql.Period;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;

/**
 * The names in a request's query, and those of the parts of its form. The endpoint must know each,
 * or a filter with a typing error would find everything; and each is given once, or the program
 * that reads the first would differ from the one that reads the last.
 */
final class GivenNames {

  /** Webhooks are called by others, who may add to the address what they like. */
  private static final String API = "/api/";

  private static final int MAX_FAULTS = 50;

  private GivenNames() {}

  /** What is wrong with them; empty when nothing is. */
  static List<FieldError> faults(MethodParameter[] parameters, HttpServletRequest request)
      throws IOException, ServletException {
    if (!request.getRequestURI().startsWith(API)) {
      return List.of();
    }
    Set<String> single = new HashSet<>();
    Set<String> repeatable = new HashSet<>();
    Set<String> parts = new HashSet<>();
    for (MethodParameter parameter : parameters) {
      Class<?> type = parameter.getParameterType();
      if (type == PageRequest.class) {
        single.addAll(PageRequestResolver.NAMES);
      } else if (type == Period.class) {
        single.addAll(PeriodResolver.NAMES);
      } else if (parameter.hasParameterAnnotation(RequestPart.class)) {
        parts.add(parameter.getParameterName());
      } else if (parameter.hasParameterAnnotation(RequestParam.class)) {
        boolean isList = Collection.class.isAssignableFrom(type);
        (isList ? repeatable : single).add(nameOf(parameter));
      }
    }
    List<FieldError> faults = new ArrayList<>(faults(inQuery(request), single, repeatable));
    if (!parts.isEmpty()) {
      faults.addAll(faults(request.getParts().stream().map(Part::getName), parts, Set.of()));
    }
    return faults.stream().limit(MAX_FAULTS).toList();
  }

  /** That of the annotation, where others have chosen one that is no name in Java's form. */
  private static String nameOf(MethodParameter parameter) {
    String given =
        Objects.requireNonNull(parameter.getParameterAnnotation(RequestParam.class)).name();
    return given.isEmpty() ? Objects.requireNonNull(parameter.getParameterName()) : given;
  }

  private static List<FieldError> faults(
      Stream<String> given, Set<String> single, Set<String> repeatable) {
    Map<String, Long> counts =
        given.collect(
            Collectors.groupingBy(Function.identity(), HashMap::new, Collectors.counting()));
    List<FieldError> faults = new ArrayList<>();
    counts.forEach((name, count) -> {
      if (!single.contains(name) && !repeatable.contains(name)) {
        faults.add(FieldProblem.UNKNOWN_FIELD.at(name));
      } else if (count > 1 && !repeatable.contains(name)) {
        faults.add(FieldProblem.GIVEN_TWICE.at(name));
      }
    });
    return faults;
  }

  private static Stream<String> inQuery(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null
        ? Stream.empty()
        : Arrays.stream(query.split("&"))
            .filter(pair -> !pair.isEmpty())
            .map(pair -> decoded(pair.replaceFirst("=.*", "")));
  }

  /** What cannot be decoded is no name that anybody knows. */
  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, UTF_8);
    } catch (IllegalArgumentException malformed) {
      return name;
    }
  }
}
