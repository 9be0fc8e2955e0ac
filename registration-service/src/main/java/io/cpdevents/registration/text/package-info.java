/** What text that people type may contain. */
@NullMarked
package io.cpdevents.registration.text;

import org.jspecify.annotations.NullMarked;
