/** What organizers ask of those who register, and what was answered. */
@NullMarked
package io.cpdevents.registration.questions;

import org.jspecify.annotations.NullMarked;
