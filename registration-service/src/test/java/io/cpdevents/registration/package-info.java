/** Tests of registration-service. */
@NullMarked
package io.cpdevents.registration;

import org.jspecify.annotations.NullMarked;
