/** What registration-service tells the others. */
@NullMarked
package io.cpdevents.contracts.registration;

import org.jspecify.annotations.NullMarked;
