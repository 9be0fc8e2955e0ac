package io.cpdevents.platform.test;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The rules of the house that can be read from the classes of a service. Each service has one test:
 * {@code HouseRules.check("io.cpdevents.billing")}. All violations are reported at once.
 */
public final class HouseRules {

  private static final String PLATFORM = "io.cpdevents.platform";
  private static final String SECURITY = PLATFORM + ".security.";

  private static final Set<String> ACCESS_ANNOTATIONS =
      Set.of(
          SECURITY + "PublicEndpoint",
          SECURITY + "AccountEndpoint",
          SECURITY + "OrganizationEndpoint",
          SECURITY + "PlatformEndpoint",
          SECURITY + "InternalEndpoint");

  private static final List<String> BANNED_ENDINGS =
      List.of("Manager", "Helper", "Util", "Utils", "Impl", "Base", "Data", "Info");

  private static final Set<String> FIELD_INJECTION =
      Set.of(
          "org.springframework.beans.factory.annotation.Autowired",
          "org.springframework.beans.factory.annotation.Value",
          "jakarta.inject.Inject",
          "jakarta.annotation.Resource");

  private static final Set<String> CLOCK_OWNERS =
      Set.of(
          "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalTime",
          "java.time.LocalDateTime",
          "java.time.OffsetDateTime",
          "java.time.ZonedDateTime",
          "java.time.YearMonth",
          "java.time.Year");

  private static final String REQUEST_MAPPING =
      "org.springframework.web.bind.annotation.RequestMapping";
  private static final String CONTROLLER = "org.springframework.stereotype.Controller";
  private static final String COMPONENT = "org.springframework.stereotype.Component";
  private static final String KAFKA_LISTENER = "org.springframework.kafka.annotation.KafkaListener";
  private static final String TRANSACTIONAL =
      "org.springframework.transaction.annotation.Transactional";

  private final String basePackage;
  private final JavaClasses classes;
  private final Set<String> exceptions = new HashSet<>();
  private final Set<String> violations = new TreeSet<>();
  private boolean isLibrary;

  private HouseRules(String basePackage, JavaClasses classes) {
    this.basePackage = basePackage;
    this.classes = classes;
  }

  /** Checks every class of the package and below it, tests apart. */
  public static void check(String basePackage) {
    in(basePackage).check();
  }

  /** The same with exceptions, each with its reason. */
  public static HouseRules in(String basePackage) {
    return of(
        basePackage,
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(basePackage));
  }

  /**
   * The users of its public types are other modules, so what they do not use is not seen; what is
   * not public must be used in it.
   */
  public HouseRules asLibrary() {
    isLibrary = true;
    return this;
  }

  /** On classes that were imported already. */
  static HouseRules of(String basePackage, JavaClasses classes) {
    return new HouseRules(basePackage, classes);
  }

  /**
   * Lets one class break one rule.
   *
   * @param rule its name, as in the message
   * @param simpleClassName of the top-level class
   * @param reason for the reader
   */
  public HouseRules except(String rule, String simpleClassName, String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("an exception needs a reason");
    }
    exceptions.add(rule + " " + simpleClassName);
    return this;
  }

  /** Fails with all violations. */
  public void check() {
    if (classes.stream().noneMatch(this::isProduction)) {
      throw new AssertionError("no classes in " + basePackage);
    }
    for (JavaClass type : classes) {
      if (!isProduction(type)) {
        continue;
      }
      checkName(type);
      checkTime(type);
      checkProducers(type);
      checkMoney(type);
      checkPlaces(type);
      checkAccess(type);
      checkInjection(type);
      checkTransactions(type);
      checkUse(type);
    }
    if (!violations.isEmpty()) {
      throw new AssertionError(
          violations.size() + " broken house rules:\n  " + String.join("\n  ", violations));
    }
  }

  private void checkName(JavaClass type) {
    String name = type.getSimpleName();
    if (BANNED_ENDINGS.stream().anyMatch(name::endsWith) || name.startsWith("Abstract")) {
      report("name", type, "says what it is made of, not what it does");
    }
  }

  private void checkTime(JavaClass type) {
    if (isPlatform(type)) {
      return;
    }
    calls(
        type,
        (from, call) -> {
          String owner = call.getTargetOwner().getName();
          String method = call.getName();
          boolean takesClock = call.getTarget().getFullName().contains("java.time.Clock)");
          boolean now = CLOCK_OWNERS.contains(owner) && method.equals("now") && !takesClock;
          boolean system =
              (owner.equals("java.lang.System") && method.equals("currentTimeMillis"))
                  || (owner.equals("java.time.Clock") && method.startsWith("system"))
                  || (owner.equals("java.time.InstantSource") && method.equals("system"));
          if (now || system) {
            report("time", type, "calls " + owner + "." + method + ": inject the Clock");
          }
        });
  }

  private void checkProducers(JavaClass type) {
    if (isPlatform(type)) {
      return;
    }
    type.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass().getName())
        .filter(name ->
            name.startsWith("org.apache.kafka.clients.producer.")
                || name.startsWith("org.springframework.kafka.core.KafkaTemplate")
                || name.startsWith("org.springframework.kafka.core.KafkaOperations"))
        .forEach(name -> report("producer", type, "uses " + name + ": append to the Outbox"));
  }

  private void checkMoney(JavaClass type) {
    String name = type.getPackageName();
    boolean countsMoney =
        Stream.of("billing", "payout", "registration", "platform.money")
            .anyMatch(part -> (name + ".").startsWith("io.cpdevents." + part + "."));
    if (!countsMoney) {
      return;
    }
    for (JavaField field : type.getFields()) {
      if (isFloating(field.getRawType())) {
        report("money", type, "field " + field.getName() + " is floating point");
      }
    }
    for (JavaCodeUnit unit : type.getCodeUnits()) {
      if (isSynthetic(unit)) {
        continue;
      }
      boolean floating =
          isFloating(unit.getRawReturnType())
              || unit.getRawParameterTypes().stream().anyMatch(HouseRules::isFloating);
      if (floating) {
        report("money", type, unit.getName() + " takes or returns floating point");
      }
    }
  }

  private void checkPlaces(JavaClass type) {
    if (isPlatform(type)) {
      return;
    }
    if (has(type, CONTROLLER) && !isInside(type, "web")) {
      report("place", type, "is a controller outside a web package");
    }
    boolean listens = type.getMethods().stream().anyMatch(method -> has(method, KAFKA_LISTENER));
    if (listens && !isInside(type, "messaging")) {
      report("place", type, "is a listener outside a messaging package");
    }
  }

  private void checkAccess(JavaClass type) {
    if (!has(type, CONTROLLER)) {
      return;
    }
    for (JavaMethod method : type.getMethods()) {
      if (!has(method, REQUEST_MAPPING)) {
        continue;
      }
      long rules =
          method.getAnnotations().stream()
              .map(annotation -> annotation.getRawType().getName())
              .filter(ACCESS_ANNOTATIONS::contains)
              .count();
      if (rules != 1) {
        report("access", type, method.getName() + " has " + rules + " access annotations, not 1");
      }
    }
  }

  private void checkInjection(JavaClass type) {
    for (JavaField field : type.getFields()) {
      for (JavaAnnotation<?> annotation : field.getAnnotations()) {
        if (FIELD_INJECTION.contains(annotation.getRawType().getName())) {
          report("injection", type, "field " + field.getName() + ": use the constructor");
        }
      }
    }
  }

  private void checkTransactions(JavaClass type) {
    if (isPlatform(type)) {
      return;
    }
    for (JavaMethod method : type.getMethods()) {
      if (has(method, TRANSACTIONAL) || (has(type, TRANSACTIONAL) && isPublic(method))) {
        reachableFrom(method)
            .flatMap(unit -> unit.getCallsFromSelf().stream())
            .map(call -> call.getTargetOwner().getName())
            .filter(HouseRules::leavesTheService)
            .findFirst()
            .ifPresent(owner ->
                report(
                    "transaction",
                    type,
                    method.getName() + " calls " + owner + " inside a transaction"));
      }
    }
  }

  private void checkUse(JavaClass type) {
    if (isPlatform(type)) {
      return;
    }
    boolean entrance =
        has(type, COMPONENT)
            || isForOthers(type)
            || type.isAnnotation()
            || type.getSimpleName().equals("package-info")
            || type.isAnnotatedWith(
                "org.springframework.boot.context.properties.ConfigurationProperties")
            || type.getMethods().stream().anyMatch(HouseRules::isMain);
    if (!entrance && !type.getEnclosingClass().isPresent() && isUnreferenced(type)) {
      report("unused", type, "nothing refers to it");
      return;
    }
    if (type.isRecord() || type.isEnum() || type.isInterface() || type.isAnonymousClass()) {
      return;
    }
    for (JavaMethod method : type.getMethods()) {
      boolean reached =
          isSynthetic(method)
              || isMain(method)
              || (isForOthers(type) && isPublic(method))
              || !method.getAnnotations().isEmpty()
              || overrides(method)
              || !method.getAccessesToSelf().isEmpty()
              || !method.getReferencesToSelf().isEmpty();
      if (!reached) {
        report("unused", type, method.getName() + " is called by nothing but tests");
      }
    }
  }

  private boolean isForOthers(JavaClass type) {
    return isLibrary && type.getModifiers().contains(JavaModifier.PUBLIC);
  }

  private static boolean isUnreferenced(JavaClass type) {
    return type.getDirectDependenciesToSelf().stream()
        .allMatch(dependency -> topLevel(dependency.getOriginClass()).equals(topLevel(type)));
  }

  private static boolean overrides(JavaMethod method) {
    JavaClass owner = method.getOwner();
    if (Set.of("equals", "hashCode", "toString").contains(method.getName())) {
      return true;
    }
    return Stream.concat(
            owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
        .flatMap(parent -> parent.getMethods().stream())
        .anyMatch(inherited ->
            inherited.getName().equals(method.getName())
                && inherited.getRawParameterTypes().size() == method.getRawParameterTypes().size());
  }

  private Stream<JavaCodeUnit> reachableFrom(JavaMethod start) {
    Set<JavaCodeUnit> seen = new HashSet<>();
    Deque<JavaCodeUnit> open = new ArrayDeque<>(List.of(start));
    List<JavaCodeUnit> reached = new ArrayList<>();
    while (!open.isEmpty()) {
      JavaCodeUnit unit = open.pop();
      if (!seen.add(unit)) {
        continue;
      }
      reached.add(unit);
      unit.getMethodCallsFromSelf().stream()
          .flatMap(call -> call.getTarget().resolveMember().stream())
          .filter(target -> target.getOwner().getPackageName().startsWith(basePackage))
          .forEach(open::push);
    }
    return reached.stream();
  }

  private static boolean leavesTheService(String owner) {
    return owner.startsWith("org.springframework.web.client.RestClient")
        || owner.startsWith("java.net.http.HttpClient")
        || owner.startsWith("com.stripe.StripeClient")
        || owner.startsWith("com.stripe.service.")
        || owner.startsWith("org.springframework.mail.");
  }

  private static void calls(JavaClass type, BiConsumer<JavaCodeUnit, JavaAccess<?>> each) {
    type.getMethodCallsFromSelf().forEach(call -> each.accept(call.getOwner(), call));
    type.getMethodReferencesFromSelf()
        .forEach(reference -> each.accept(reference.getOwner(), reference));
  }

  private static JavaClass topLevel(JavaClass type) {
    return type.getEnclosingClass().map(HouseRules::topLevel).orElse(type);
  }

  private boolean isProduction(JavaClass type) {
    // The package of tests and of this module lies below the platform's, and is not the platform.
    return !type.getPackageName().startsWith(PLATFORM + ".test");
  }

  private static boolean isPlatform(JavaClass type) {
    return (type.getPackageName() + ".").startsWith(PLATFORM + ".");
  }

  private static boolean isInside(JavaClass type, String packageName) {
    return type.getPackageName().endsWith("." + packageName)
        || type.getPackageName().contains("." + packageName + ".");
  }

  private static boolean isFloating(JavaClass type) {
    return Set.of("double", "float", "java.lang.Double", "java.lang.Float")
        .contains(type.getBaseComponentType().getName());
  }

  private static boolean isSynthetic(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.SYNTHETIC)
        || member.getModifiers().contains(JavaModifier.BRIDGE);
  }

  private static boolean isPublic(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC);
  }

  private static boolean isMain(JavaMethod method) {
    return method.getName().equals("main");
  }

  private static boolean has(HasAnnotations<?> element, String annotation) {
    DescribedPredicate<JavaAnnotation<?>> same =
        DescribedPredicate.describe(
            annotation, candidate -> candidate.getRawType().getName().equals(annotation));
    return element.isAnnotatedWith(same) || element.isMetaAnnotatedWith(same);
  }

  private void report(String rule, JavaClass type, String what) {
    JavaClass file = topLevel(type);
    if (!exceptions.contains(rule + " " + file.getSimpleName())) {
      violations.add(String.format(Locale.ROOT, "[%s] %s %s", rule, type.getName(), what));
    }
  }
}
