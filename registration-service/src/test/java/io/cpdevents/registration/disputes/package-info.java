/** Tests of disputes. */
@NullMarked
package io.cpdevents.registration.disputes;

import org.jspecify.annotations.NullMarked;
