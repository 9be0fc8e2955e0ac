/** Who has which place: quotes, holds, confirmations and what becomes of late money. */
@NullMarked
package io.cpdevents.registration.registrations;

import org.jspecify.annotations.NullMarked;
