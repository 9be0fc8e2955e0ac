/** The OpenAPI documents of all services at one page, and the public health answer. */
@NullMarked
package io.cpdevents.gateway.documents;

import org.jspecify.annotations.NullMarked;
