@NullMarked
package io.cpdevents.platform.sql;

import org.jspecify.annotations.NullMarked;
