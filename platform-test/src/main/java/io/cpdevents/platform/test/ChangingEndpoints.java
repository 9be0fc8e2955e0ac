package io.cpdevents.platform.test;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** The endpoints of a service that may change something, by their HTTP methods. */
public final class ChangingEndpoints {

  private static final List<Class<? extends Annotation>> CHANGES =
      List.of(PostMapping.class, PutMapping.class, PatchMapping.class, DeleteMapping.class);

  private ChangingEndpoints() {}

  /** Those in this package and below. */
  public static Set<JavaMethod> in(String packageName) {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(packageName)
            .stream()
            .filter(type -> type.isAnnotatedWith(RestController.class))
            .flatMap(controller -> controller.getMethods().stream())
            .filter(method -> CHANGES.stream().anyMatch(method::isAnnotatedWith))
            .collect(Collectors.toSet());
  }
}
