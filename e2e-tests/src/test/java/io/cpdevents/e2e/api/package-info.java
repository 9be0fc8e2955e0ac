/** Every operation of the live OpenAPI documents, with junk and as people who may not. */
@NullMarked
package io.cpdevents.e2e.api;

import org.jspecify.annotations.NullMarked;
