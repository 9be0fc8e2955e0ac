package io.cpdevents.platform.test.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.metaAnnotatedWith;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Set;
import java.util.stream.Stream;

/** The kinds of classes and methods that rules speak about. */
final class Kinds {

  private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

  private Kinds() {}

  /** The packages where requests, events and time come in. */
  static DescribedPredicate<JavaClass> waysIn() {
    return resideInAnyPackage("..web..", "..messaging..", "..jobs..").as("ways in");
  }

  static DescribedPredicate<JavaClass> components() {
    return metaAnnotatedWith("org.springframework.stereotype.Component")
        .<JavaClass>forSubtype()
        .as("components");
  }

  static DescribedPredicate<JavaClass> configurations() {
    return metaAnnotatedWith("org.springframework.context.annotation.Configuration")
        .<JavaClass>forSubtype()
        .or(
            annotatedWith("org.springframework.boot.context.properties.ConfigurationProperties")
                .forSubtype())
        .as("configuration");
  }

  /** The read side. */
  static DescribedPredicate<JavaClass> queries() {
    return simpleNameEndingWith("Queries").as("queries");
  }

  /** Written by the compiler. */
  static boolean isSynthetic(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.SYNTHETIC)
        || member.getModifiers().contains(JavaModifier.BRIDGE);
  }

  static boolean isPublic(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC);
  }

  /** Whether the method is there because a supertype, or every object, has it. */
  static boolean overrides(JavaMethod method) {
    JavaClass owner = method.getOwner();
    return OF_EVERY_OBJECT.contains(method.getName())
        || Stream.concat(
                owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
            .flatMap(parent -> parent.getMethods().stream())
            .anyMatch(inherited ->
                inherited.getName().equals(method.getName())
                    && inherited.getRawParameterTypes().size()
                        == method.getRawParameterTypes().size());
  }

  static boolean isMain(JavaMethod method) {
    return method.getName().equals("main");
  }

  /** The class whose file it is in. */
  static JavaClass topLevel(JavaClass type) {
    return type.getEnclosingClass().map(Kinds::topLevel).orElse(type);
  }
}
