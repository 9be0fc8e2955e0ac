@NullMarked
package io.cpdevents.platform.web;

import org.jspecify.annotations.NullMarked;
