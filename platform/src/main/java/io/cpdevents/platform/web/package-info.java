/** Pages, limits and JSON of the API. */
@NullMarked
package io.cpdevents.platform.web;

import org.jspecify.annotations.NullMarked;
