package io.cpdevents.platform.error;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an annotation of endpoints whose {@code value} lists {@link ProblemCode}s. Each service has
 * one for its own enum, because an annotation cannot have an interface as its value's type.
 */
@Documented
@Target(ElementType.ANNOTATION_TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface NamesRefusals {}
