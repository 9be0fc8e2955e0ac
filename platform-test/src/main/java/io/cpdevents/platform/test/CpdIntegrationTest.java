package io.cpdevents.platform.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.annotation.AliasFor;

/**
 * A test of a whole service on a free port, with a real PostgreSQL and Kafka.
 *
 * <p>The context gets a fresh database and empty topics, and these beans: {@link MutableClock} (the
 * primary {@code Clock}) and {@link RecordedEvents}. Test classes with the same configuration share
 * one context, hence its database: they use their own accounts, organizations and events instead of
 * expecting empty tables.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public @interface CpdIntegrationTest {

  /** Properties over those of the application and of this annotation, {@code name=value}. */
  @AliasFor(annotation = SpringBootTest.class, attribute = "properties")
  String[] properties() default {};

  /** The application, when the test is not below its package. */
  @AliasFor(annotation = SpringBootTest.class, attribute = "classes")
  Class<?>[] classes() default {};
}
