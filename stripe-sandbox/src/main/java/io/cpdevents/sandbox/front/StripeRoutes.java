package io.cpdevents.sandbox.front;

import java.util.List;

/** The endpoints of one feature. */
public interface StripeRoutes {
  List<StripeRoute> routes();
}
