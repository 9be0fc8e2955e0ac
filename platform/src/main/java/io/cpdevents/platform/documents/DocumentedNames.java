package io.cpdevents.platform.documents;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Gives schemas the product's names, {@code Registration} for {@code RegistrationView} and {@code
 * RegistrationPage} for a page of them, and drops those that no operation uses.
 */
final class DocumentedNames implements GlobalOpenApiCustomizer {

  private static final Pattern PAGE = Pattern.compile("Page([A-Z].*)");
  private static final Pattern VIEW = Pattern.compile("(.+)View(Input)?");

  @Override
  @SuppressWarnings("rawtypes")
  public void customise(OpenAPI document) {
    Set<String> used =
        Schemas.reachable(
            document, Stream.concat(Schemas.sent(document), Schemas.answered(document)));
    Map<String, Schema> renamed = new TreeMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    Schemas.named(document)
        .forEach((name, schema) -> {
          if (used.contains(name)) {
            String better = nameFor(name);
            names.put(name, better);
            if (renamed.put(better, schema) != null) {
              throw new IllegalStateException(
                  "Two schemas would be named %s: give one another by @Schema(name = …)"
                      .formatted(better));
            }
          }
        });
    if (document.getComponents() == null) {
      return;
    }
    Stream.of(
            Schemas.sent(document),
            Schemas.answered(document),
            renamed.values().stream().map(schema -> (Schema<?>) schema))
        .flatMap(schemas -> schemas)
        .toList()
        .forEach(schema -> Schemas.visit(schema, part -> refer(part, names)));
    document.getComponents().setSchemas(new LinkedHashMap<>(renamed));
  }

  private static void refer(Schema<?> schema, Map<String, String> names) {
    String name = Schemas.nameOf(schema);
    String better = name == null ? null : names.get(name);
    if (better != null && !better.equals(name)) {
      schema.set$ref(better);
    }
  }

  static String nameFor(String name) {
    Matcher page = PAGE.matcher(name);
    if (page.matches()) {
      return nameFor(page.group(1)) + "Page";
    }
    Matcher view = VIEW.matcher(name);
    return view.matches() ? view.group(1) + (view.group(2) == null ? "" : view.group(2)) : name;
  }
}
