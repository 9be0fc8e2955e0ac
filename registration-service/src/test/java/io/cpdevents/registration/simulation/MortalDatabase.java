package io.cpdevents.registration.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * A process that dies at a statement, or right before or after a commit: what was not committed is
 * rolled back, and nothing that would follow is done. Only a thread that was told to dies.
 */
@Component
final class MortalDatabase implements BeanPostProcessor {

  /** It is dead. */
  static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean committed;

    private Died(String when, boolean committed) {
      super("the process died " + when);
      this.committed = committed;
    }

    /** Whether something was committed before. */
    boolean hasCommitted() {
      return committed;
    }
  }

  /** What a thread may still do. */
  private static final class Life {
    private int stepsLeft;
    private boolean committed;

    private Life(int stepsLeft) {
      this.stepsLeft = stepsLeft;
    }

    private void step(String when) {
      if (--stepsLeft == 0) {
        throw new Died(when, committed);
      }
    }
  }

  private static final ThreadLocal<Life> LIFE = new ThreadLocal<>();

  /** From now on this thread dies at its so manieth statement or commit. */
  void diesAt(int step) {
    LIFE.set(new Life(step));
  }

  /** From now on this thread lives. */
  void lives() {
    LIFE.remove();
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof DataSource source
        ? proxy(DataSource.class, (method, arguments) -> connected(source, method, arguments))
        : bean;
  }

  private static Object connected(DataSource source, Method method, Object[] arguments)
      throws Throwable {
    Object answer = invoke(source, method, arguments);
    return answer instanceof Connection connection && LIFE.get() != null
        ? proxy(Connection.class, (called, values) -> mortally(connection, called, values))
        : answer;
  }

  private static Object mortally(Connection connection, Method method, Object[] arguments)
      throws Throwable {
    Life life = LIFE.get();
    if (life == null) {
      return invoke(connection, method, arguments);
    }
    boolean isCommit = method.getName().equals("commit");
    if (isCommit || method.getName().startsWith("prepare")) {
      life.step("before " + method.getName());
    }
    Object answer = invoke(connection, method, arguments);
    if (isCommit) {
      life.committed = true;
      life.step("after commit");
    }
    return answer;
  }

  @FunctionalInterface
  private interface Call {
    Object with(Method method, Object[] arguments) throws Throwable;
  }

  private static Object proxy(Class<?> type, Call call) {
    return Proxy.newProxyInstance(
        type.getClassLoader() == null
            ? MortalDatabase.class.getClassLoader()
            : type.getClassLoader(),
        new Class<?>[] {type},
        (_, method, arguments) -> call.with(method, arguments));
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
