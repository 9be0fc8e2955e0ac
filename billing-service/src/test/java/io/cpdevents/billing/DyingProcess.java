package io.cpdevents.billing;

import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeInvoices;
import io.cpdevents.billing.stripe.StripePaymentMethods;
import io.cpdevents.billing.stripe.StripeSubscriptions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Random;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * A process that dies right before or right after something is asked of Stripe about plans: what
 * was asked is not heard, and nothing that would follow is done. Nobody handles that, as nobody
 * handles a death; whatever goes on later finds what was written before.
 */
final class DyingProcess implements BeanPostProcessor {

  /** It is dead. */
  static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Died(String when) {
      super("the process died " + when);
    }
  }

  private static final List<Class<?>> PORTS =
      List.of(
          StripeApi.class,
          StripeInvoices.class,
          StripePaymentMethods.class,
          StripeSubscriptions.class);

  private volatile double probability;
  private Random chance = new Random(0);
  private int deaths;

  /** From now on chance is that of a seed. */
  synchronized void seed(long seed) {
    chance = new Random(seed);
  }

  /** How often it has died. */
  synchronized int deaths() {
    return deaths;
  }

  /** From now on it dies in so many of all requests, before or after them; 0: never. */
  void diesIn(double partOfRequests) {
    probability = partOfRequests;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return PORTS.stream()
        .filter(port -> port.isInstance(bean))
        .findFirst()
        .map(port ->
            Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (_, method, arguments) -> mortally(bean, method, arguments)))
        .orElse(bean);
  }

  private Object mortally(Object port, Method method, Object[] arguments) throws Throwable {
    dieMaybe("before " + method.getName());
    Object answer;
    try {
      answer = method.invoke(port, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
    dieMaybe("after " + method.getName());
    return answer;
  }

  private synchronized void dieMaybe(String when) {
    if (chance.nextDouble() < probability / 2) {
      deaths++;
      throw new Died(when);
    }
  }
}
