@NullMarked
package io.cpdevents.testservice;

import org.jspecify.annotations.NullMarked;
