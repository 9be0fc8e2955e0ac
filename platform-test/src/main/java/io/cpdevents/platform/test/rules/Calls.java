package io.cpdevents.platform.test.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What calls what. */
final class Calls {

  private static final String OURS = "io.cpdevents.";

  private Calls() {}

  /** What a call of it may run in our own code, itself included. */
  static Stream<JavaCodeUnit> reachableFrom(JavaCodeUnit start) {
    Set<JavaCodeUnit> reached = new HashSet<>();
    Deque<JavaCodeUnit> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      JavaCodeUnit unit = open.pop();
      if (reached.add(unit)) {
        unit.getMethodCallsFromSelf().stream()
            .flatMap(call -> call.getTarget().resolveMember().stream())
            .filter(target -> target.getOwner().getPackageName().startsWith(OURS))
            .flatMap(Calls::withOverrides)
            .forEach(open::push);
      }
    }
    return reached.stream();
  }

  /** What a call of it may run: the adapter behind a port, too. */
  private static Stream<JavaMethod> withOverrides(JavaMethod method) {
    String[] parameters =
        method.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
    return Stream.concat(
        Stream.of(method),
        method.getOwner().getAllSubclasses().stream()
            .flatMap(type -> type.tryGetMethod(method.getName(), parameters).stream()));
  }
}
